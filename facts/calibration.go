package facts

// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings alone,
// curatedWeights for bases with both answers and phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
var (
	bareWeights    = [features]float64{-1.04, 0.81, 0.116, -0.0581, 0.267, -0.841, 3.01, 0, 0, 0, -0.729, 0, -0.141, -0.753, -1.38, -2.9, -2.49, 0.279, -0.213, -0.281, -1.38, 0, 0, -0.576, 0}
	phrasedWeights = [features]float64{-1.11, 0.317, 0.271, -0.0848, 0.21, -0.84, 0, 0, 0.189, 0.436, -0.67, -0.666, -0.987, 0, 0, -0.533, 0, 0, -0.203, 0, -1.24, 0.295, 0, -0.301, -0.375}
	curatedWeights = [features]float64{-1.69, 2.46, 0.151, 0, 0.54, -0.632, 1.36, 0.237, 0.559, 0.723, -0.955, -1.9, -1.18, -0.791, -1.28, -0.0165, -0.486, 1.59, 0.195, 0, 0, 0, -0.162, 0.401, -0.733}
)
