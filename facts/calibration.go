package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.19, 1.17, 0.113, -0.0427, 0.316, -1.15, 2.76, 0, 0, 0, -0.699, 0, -0.121, -0.693, -1, -2.9, -2.4, 0.258, -0.186, -0.756, -1.03, 0, 0, 0}
	phrasedWeights = [features]float64{-0.981, 0.221, 0.292, -0.107, 0.195, -1.11, 0, 0, 0.222, 0.474, -0.79, -0.653, -0.938, 0, 0, -0.529, 0, 0, -0.162, 0, -1.13, 0.267, 0, -0.607}
)
