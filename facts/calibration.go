package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.1, 1, 0.114, -0.0536, 0.27, -0.829, 2.76, 0, 0, 0, -0.711, 0, -0.132, -0.746, -1.28, -2.91, -2.47, 0.295, -0.198, -0.288, -1.36, 0, 0, -0.578, 0}
	phrasedWeights = [features]float64{-1.13, 0.326, 0.272, -0.0865, 0.211, -0.838, 0, 0, 0.185, 0.436, -0.668, -0.668, -0.983, 0, 0, -0.533, 0, 0, -0.203, 0, -1.23, 0.295, 0, -0.301, -0.371}
	curatedWeights = [features]float64{-2.42, 2.49, 0.134, 0, 0.554, -0.115, 1.84, 0.123, 0.353, 0.614, -1.17, -1.79, -0.179, -2.48, -0.877, -0.249, -0.0234, 1.74, 0.252, 0, 0, 0, -0.506, 0.174, -0.259}
)
