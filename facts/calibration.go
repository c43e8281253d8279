package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings alone,
// curatedWeights for bases with both answers and phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.02, 0.798, 0.112, -0.0539, 0.271, -0.843, 3.07, 0, 0, 0, -0.709, 0, -0.181, -0.736, -1.18, -2.91, -2.5, 0.282, -0.21, -0.363, -1.4, 0, 0, -0.527, 0}
	phrasedWeights = [features]float64{-0.97, 0.292, 0.267, -0.081, 0.169, -0.916, 0, 0, 0.168, 0.454, -0.652, -0.686, -1.01, 0, 0, -0.524, 0, 0, -0.183, 0, -1.28, 0.287, 0, -0.297, -0.425}
	curatedWeights = [features]float64{2.82, 0, 0.409, 0, 0.33, -0.818, 0, 1.02, 0.675, 0.297, -0.251, -1.37, -1.53, 0, -0.628, 0, 0, 0.189, 0.437, -9.25e-05, -3.2, 0, -2.91, -0.682, -0.607}
)
