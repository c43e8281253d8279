package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.1, 1, 0.114, -0.0536, 0.27, -0.829, 2.76, 0, 0, 0, -0.711, 0, -0.132, -0.746, -1.28, -2.91, -2.47, 0.295, -0.198, -0.288, -1.36, 0, 0, -0.578, 0}
	phrasedWeights = [features]float64{-1.13, 0.326, 0.272, -0.0865, 0.211, -0.838, 0, 0, 0.185, 0.436, -0.668, -0.668, -0.983, 0, 0, -0.533, 0, 0, -0.203, 0, -1.23, 0.295, 0, -0.301, -0.371}
	curatedWeights = [features]float64{-2.31, 2.84, 0.214, 0, 0, 0, 0.657, 0.45, 0, 0.397, -4.65, -1.71, -1.79, -0.465, -0.992, -0.59, -0.122, 3.19, 0.0119, 0, -0.413, 0, -1.58, -0.193, 0.269}
)
