package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.1, 1, 0.114, -0.0536, 0.27, -0.829, 2.76, 0, 0, 0, -0.711, 0, -0.132, -0.746, -1.28, -2.91, -2.47, 0.295, -0.198, -0.288, -1.36, 0, 0, -0.578, 0}
	phrasedWeights = [features]float64{-1.11, 0.332, 0.272, -0.0832, 0.218, -0.828, 0, 0, 0.203, 0.438, -0.69, -0.639, -0.991, 0, 0, -0.536, 0, 0, -0.202, 0, -1.23, 0.293, 0, -0.298, -0.385}
	curatedWeights = [features]float64{-2.38, 2.56, 0.192, 0, 0, 0, 0.594, 0, 0, 0.42, -3.34, -1.11, -1.74, -0.495, -1.27, -1.4, 0, 2.7, 0.0944, 0, 0, 0, -1.01, -0.464, 0.639}
)
