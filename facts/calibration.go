package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings alone,
// curatedWeights for bases with both answers and phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.04, 0.792, 0.114, -0.0571, 0.267, -0.83, 3.07, 0, 0, 0, -0.732, 0, -0.153, -0.755, -1.24, -2.91, -2.5, 0.286, -0.211, -0.274, -1.39, 0, 0, -0.58, 0}
	phrasedWeights = [features]float64{-1.06, 0.315, 0.276, -0.0882, 0.178, -0.896, 0, 0, 0.181, 0.433, -0.673, -0.67, -0.973, 0, 0, -0.565, 0, 0, -0.202, 0, -1.24, 0.295, 0, -0.291, -0.392}
	curatedWeights = [features]float64{3.19, 0, 0.38, 0, 0.145, -0.601, 0, 0.957, 0.728, 0.33, 0, -2.66, -2.04, 0, -0.0292, 0, 0, 1.28, -0.00639, -0.000122, -4.01, 0, -3.15, -0.644, -0.542}
)
