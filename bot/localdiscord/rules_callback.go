package localdiscord

import "encoding/json"

// Limits of modals and of autocomplete.
const (
	maxModalTitle       = 45
	maxModalComponents  = 5
	maxModalLabel       = 45
	maxModalDescription = 100
	maxTextInput        = 4000
	maxInputPlaceholder = 100
	maxChoices          = 25
	maxChoiceText       = 100
)

func callbackRules(s *Server, c *call) []problem {
	return s.called(c).problems(c.body, c.uploads)
}

// problems checks a first response: what it holds, and whether the
// interaction, nil when unknown, may be responded to like that.
func (i *Interaction) problems(body any, uploads []upload) []problem {
	var k checker
	if !k.object("", body, "type", "data") {
		return k.problems
	}
	if i != nil {
		i.mayRespond(&k, number(body, "type"))
	}
	switch data := field(body, "data"); number(body, "type") {
	case ResponsePong, ResponseDeferredUpdate:
	case ResponseMessage:
		k.required("", body, "data")
		k.message("data", orObject(data), bodyKind{keys: answerKeys, flags: responseFlags, uploads: uploads})
	case ResponseDeferred:
		if data != nil && k.object("data", data, "flags") && number(data, "flags")&^deferredFlags != 0 {
			k.fail("data.flags", badValue, "A deferred message can be nothing but ephemeral; components v2 are set when it is edited")
		}
	case ResponseUpdate:
		if data != nil {
			k.message("data", data, bodyKind{keys: answerKeys, flags: responseFlags, edit: true, v2: i.editsV2(), uploads: uploads, kept: i.sourceFiles()})
		}
	case ResponseAutocomplete:
		k.choices(data, i)
	case ResponseModal:
		k.modal(data)
	default:
		k.fail("type", badChoice, "Value must be one of {1, 4, 5, 6, 7, 8, 9}.")
	}
	return k.problems
}

// orObject stands in for what is missing, whose absence was told already.
func orObject(v any) any {
	if v == nil {
		return object{"content": "?"}
	}
	return v
}

func (i *Interaction) editsV2() bool {
	return i != nil && i.source != nil && i.source.flags&FlagComponentsV2 != 0
}

// sourceFiles are the ids of the files of the message that may be updated.
func (i *Interaction) sourceFiles() []string {
	if i == nil || i.source == nil {
		return nil
	}
	return i.source.files
}

// mayRespond checks the type of response against that of the interaction.
func (i *Interaction) mayRespond(k *checker, kind int) {
	wrong := ""
	switch {
	case i.Type == InteractionAutocomplete && kind != ResponseAutocomplete:
		wrong = "autocomplete is responded to with choices"
	case i.Type != InteractionAutocomplete && kind == ResponseAutocomplete:
		wrong = "only autocomplete is responded to with choices"
	case kind == ResponsePong:
		wrong = "only a ping is responded to with a pong"
	case kind == ResponseModal && i.Type == InteractionModal:
		wrong = "a modal is never responded to with a modal"
	case (kind == ResponseUpdate || kind == ResponseDeferredUpdate) && i.source == nil:
		wrong = "there is no message to update"
	}
	if wrong != "" {
		k.fail("type", badChoice, "%s", wrong)
	}
}

// choices checks the suggestions of autocomplete.
func (k *checker) choices(data any, i *Interaction) {
	if !k.object("data", data, "choices") {
		return
	}
	k.required("data", data, "choices")
	for n, c := range k.count("data", data, "choices", 0, maxChoices) {
		p := at("data.choices", n)
		if !k.object(p, c, "name", "name_localizations", "value") {
			continue
		}
		k.text(p, c, "name", 1, maxChoiceText)
		k.locales(p, c, "name", maxChoiceText)
		k.choiceValue(p, c)
		_, isText := field(c, "value").(string)
		if i != nil && i.focused != nil && isText != (number(i.focused, "type") == optionString) {
			k.fail(at(p, "value"), badValue, "value does not fit the type of the option")
		}
	}
}

// choiceValue checks a value of a choice: a text or a number.
func (k *checker) choiceValue(path string, c any) {
	switch v := field(c, "value").(type) {
	case string:
		k.text(path, c, "value", 0, maxChoiceText)
	case json.Number:
		if f, err := v.Float64(); err != nil || f < -maxSafeInteger || f > maxSafeInteger {
			k.fail(at(path, "value"), badValue, "numbers go from -2^53 to 2^53")
		}
	default:
		k.fail(at(path, "value"), requiredKey, "This field is required")
	}
}

// modal checks the data of a modal.
func (k *checker) modal(data any) {
	if !k.object("data", data, "custom_id", "title", "components") {
		return
	}
	k.text("data", data, "custom_id", 1, maxCustomID)
	k.text("data", data, "title", 1, maxModalTitle)
	seen := map[string]bool{}
	for n, c := range k.count("data", data, "components", 1, maxModalComponents) {
		p := at("data.components", n)
		kind := number(c, "type")
		if !k.object(p, c, append([]string{"type", "id"}, componentKeys[kind]...)...) {
			continue
		}
		switch kind {
		case componentRow:
			for j, input := range k.count(p, c, "components", 1, 1) {
				ip := at(p, "components", j)
				if number(input, "type") != componentTextInput {
					k.fail(at(ip, "type"), badChoice, "a row of a modal holds a text input")
					continue
				}
				k.text(ip, input, "label", 1, maxModalLabel)
				k.input(ip, input, seen)
			}
		case componentLabel:
			k.text(p, c, "label", 1, maxModalLabel)
			k.text(p, c, "description", 0, maxModalDescription)
			k.input(at(p, "component"), field(c, "component"), seen)
		case componentText:
			k.text(p, c, "content", 1, maxTextInput)
		default:
			k.fail(at(p, "type"), badChoice, "Component of type %d cannot be here", kind)
		}
	}
}

// input checks one input of a modal.
func (k *checker) input(path string, c any, seen map[string]bool) {
	kind := number(c, "type")
	if !k.object(path, c, append([]string{"type", "id"}, componentKeys[kind]...)...) {
		return
	}
	k.text(path, c, "custom_id", 1, maxCustomID)
	k.unique(at(path, "custom_id"), "custom id", seen, str(c, "custom_id"))
	switch {
	case kind == componentTextInput:
		k.required(path, c, "style")
		k.within(path, c, "style", 1, 2)
		k.text(path, c, "value", 0, maxTextInput)
		k.text(path, c, "placeholder", 0, maxInputPlaceholder)
		k.within(path, c, "min_length", 0, maxTextInput)
		k.within(path, c, "max_length", 1, maxTextInput)
	case kind == componentStringSelect:
		k.options(path, c, 1, maxSelectOptions, "label", "value", "description", "emoji", "default")
	case kind == componentRadioGroup:
		k.options(path, c, 2, 10, "label", "value", "description", "default")
	case kind == componentCheckboxGroup:
		k.options(path, c, 1, 10, "label", "value", "description", "default")
	case isSelect(kind), kind == componentCheckbox, kind == componentFileUpload:
	default:
		k.fail(at(path, "type"), badChoice, "Component of type %d cannot be here", kind)
	}
}
