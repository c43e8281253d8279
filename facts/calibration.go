package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.14, 1.19, 0.12, -0.00548, 0.349, -1.16, 2.45, 0, 0, 0, -0.707, 0, -0.12, -0.776, -1.21, -2.85, -2.43, 0.252, -0.291, -0.849, -1.25, 0, 0, 0}
	phrasedWeights = [features]float64{-1.43, 0.368, 0.264, -0.0643, 0.201, -1.09, 0, 0, 0.147, 0.437, -0.837, -0.615, -0.774, 0, 0, -0.556, 0, 0, -0.2, 0, -1.14, 0.313, 0, -0.569}
	curatedWeights = [features]float64{-3.35, 3.17, 0.243, 0, 0.332, 0, 0.257, 0, 0, 0.549, -4.8, -1.32, -5.77, 0, -1.25, 0, 0, 1.11, 0.102, 0, 0, 0, -0.635, 0.216}
)
