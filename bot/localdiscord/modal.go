package localdiscord

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mayChoose reports why values cannot be chosen in a menu.
func mayChoose(c object, values []string) error {
	kind, id := number(c, "type"), str(c, "custom_id")
	switch {
	case !isSelect(kind) && kind != componentRadioGroup && kind != componentCheckboxGroup:
		return fmt.Errorf("%q is not a menu", id)
	case len(values) < number(c, "min_values") || len(values) > max(1, number(c, "max_values")):
		return fmt.Errorf("%q does not take %d values", id, len(values))
	}
	for _, v := range values {
		if has(c, "options") && !slices.ContainsFunc(list(c, "options"), func(o any) bool { return str(o, "value") == v }) {
			return fmt.Errorf("%q has no option %q", id, v)
		}
	}
	return nil
}

// fillModal returns the components of a modal as they are submitted.
func fillModal(components []any, fields map[string]string) ([]any, error) {
	filled := []any{}
	used := 0
	for n, c := range components {
		o := object{"type": number(c, "type"), "id": n + 1}
		filled = append(filled, o)
		input := field(c, "component")
		if all := list(c, "components"); len(all) > 0 {
			input = all[0]
		}
		if input == nil {
			continue // text to read
		}
		text, given := fields[str(input, "custom_id")]
		if given {
			used++
		} else {
			text = str(input, "value")
		}
		value, err := fillInput(input.(object), text)
		if err != nil {
			return nil, err
		}
		if number(c, "type") == componentLabel {
			o["component"] = value
		} else {
			o["components"] = []any{value}
		}
	}
	if used < len(fields) {
		return nil, fmt.Errorf("the modal lacks some of the fields given")
	}
	return filled, nil
}

// fillInput returns one input with what was filled in.
func fillInput(c object, text string) (object, error) {
	id, kind := str(c, "custom_id"), number(c, "type")
	required, said := field(c, "required").(bool)
	required = required || !said
	o := object{"type": kind, "id": number(c, "id"), "custom_id": id, "value": text}
	switch kind {
	case componentTextInput:
		return o, mayWrite(c, text, required)
	case componentCheckbox:
		o["value"] = text == "true"
		return o, nil
	case componentRadioGroup:
		if text == "" {
			o["value"] = nil
			return o, needed(id, required)
		}
		return o, mayChoose(c, []string{text})
	}
	delete(o, "value")
	o["values"] = []string{}
	if text == "" {
		return o, needed(id, required)
	}
	values := strings.Split(text, ",")
	o["values"] = values
	return o, mayChoose(c, values)
}

func needed(id string, required bool) error {
	if required {
		return fmt.Errorf("field %q is required", id)
	}
	return nil
}

// mayWrite reports why a text cannot be submitted in an input.
func mayWrite(c object, text string, required bool) error {
	id, n := str(c, "custom_id"), length(text)
	switch {
	case n == 0:
		return needed(id, required)
	case n < number(c, "min_length"):
		return fmt.Errorf("field %q needs %d characters", id, number(c, "min_length"))
	case n > cmp.Or(number(c, "max_length"), maxTextInput):
		return fmt.Errorf("field %q takes no more than %d characters", id, cmp.Or(number(c, "max_length"), maxTextInput))
	}
	return nil
}
