package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings alone,
// curatedWeights for bases with both answers and phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.05, 0.808, 0.113, -0.0559, 0.267, -0.829, 3.06, 0, 0, 0, -0.73, 0, -0.154, -0.754, -1.24, -2.91, -2.5, 0.287, -0.21, -0.274, -1.39, 0, 0, -0.58, 0}
	phrasedWeights = [features]float64{-1.06, 0.319, 0.276, -0.0881, 0.178, -0.895, 0, 0, 0.181, 0.433, -0.673, -0.67, -0.973, 0, 0, -0.565, 0, 0, -0.202, 0, -1.24, 0.294, 0, -0.29, -0.392}
	curatedWeights = [features]float64{3.07, 0.0118, 0.362, 0, 0.203, -0.897, 0, 0.858, 0.589, 0.295, -0.893, -1.3, -1.52, 0, -0.369, -0.0645, 0, 0, 0.149, -5.86e-05, -4.88, 0, -2.85, -0.679, -0.436}
)
