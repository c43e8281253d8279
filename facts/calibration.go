package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.1, 1, 0.114, -0.0536, 0.27, -0.829, 2.76, 0, 0, 0, -0.711, 0, -0.132, -0.746, -1.28, -2.91, -2.47, 0.295, -0.198, -0.288, -1.36, 0, 0, -0.578, 0}
	phrasedWeights = [features]float64{-1.13, 0.326, 0.272, -0.0865, 0.211, -0.838, 0, 0, 0.185, 0.436, -0.668, -0.668, -0.983, 0, 0, -0.533, 0, 0, -0.203, 0, -1.23, 0.295, 0, -0.301, -0.371}
	curatedWeights = [features]float64{-2.48, 2.7, 0.183, 0, 0.32, -0.186, 1.06, 0, 0.3, 0.589, -1.32, -1.23, -0.518, -1.1, -0.612, -1.51, -0.26, 2.66, 0.328, 0, -0.797, 0, -0.674, 0.233, -0.287}
)
