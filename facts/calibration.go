package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings alone,
// curatedWeights for bases with both answers and phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.03, 0.818, 0.116, -0.0591, 0.267, -0.84, 2.98, 0, 0, 0, -0.729, 0, -0.14, -0.759, -1.38, -2.91, -2.5, 0.281, -0.212, -0.282, -1.38, 0, 0, -0.577, 0}
	phrasedWeights = [features]float64{-1.06, 0.319, 0.276, -0.0881, 0.178, -0.895, 0, 0, 0.181, 0.433, -0.673, -0.67, -0.973, 0, 0, -0.565, 0, 0, -0.202, 0, -1.24, 0.294, 0, -0.29, -0.392}
	curatedWeights = [features]float64{-2.01, 2.88, 0.331, 0, 0.267, -0.193, 0, 0.695, 0.161, 0.547, -1.79, -1.28, -1.64, 0, -1.15, 0, 0, 1.56, -0.187, 0, -0.481, 0, -1.42, -0.0456, -0.194}
)
