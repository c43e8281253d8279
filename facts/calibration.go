package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.14, 1.18, 0.121, -0.00687, 0.352, -1.16, 2.44, 0, 0, 0, -0.707, 0, -0.119, -0.77, -1.22, -2.85, -2.44, 0.251, -0.294, -0.851, -1.25, 0, 0, 0}
	phrasedWeights = [features]float64{-1.43, 0.375, 0.259, -0.063, 0.193, -1.1, 0, 0, 0.142, 0.435, -0.845, -0.606, -0.768, 0, 0, -0.559, 0, 0, -0.206, 0, -1.15, 0.316, 0, -0.568}
	curatedWeights = [features]float64{-2.8, 3.47, 0.185, 0, 0, 0, 0, 0.58, 0, 0.583, -5.06, -0.995, -1.32, -0.355, -0.935, 0, -0.00832, 0.874, 0.13, 0, 0, 0, -0.059, -0.197}
)
