package localdiscord

import (
	"slices"
	"strconv"
)

// Types of components.
// https://discord.com/developers/docs/components/reference
const (
	componentRow               = 1
	componentButton            = 2
	componentStringSelect      = 3
	componentTextInput         = 4
	componentUserSelect        = 5
	componentRoleSelect        = 6
	componentMentionableSelect = 7
	componentChannelSelect     = 8
	componentSection           = 9
	componentText              = 10
	componentThumbnail         = 11
	componentGallery           = 12
	componentFile              = 13
	componentSeparator         = 14
	componentContainer         = 17
	componentLabel             = 18
	componentFileUpload        = 19
	componentRadioGroup        = 21
	componentCheckboxGroup     = 22
	componentCheckbox          = 23
)

// Styles of buttons that are not like the others.
const (
	styleLink    = 5
	stylePremium = 6
)

// Limits of components.
const (
	maxRows          = 5 // of a message without components v2
	maxRowButtons    = 5
	maxComponents    = 40 // of components v2, nested ones included
	maxTextDisplays  = 4000
	maxTextBytes     = 10_000 // Discord answers 500 to more
	maxCustomID      = 100
	maxButtonLabel   = 80
	maxLinkURL       = 512
	maxSelectOptions = 25
	maxOptionText    = 100
	maxPlaceholder   = 150
	maxGalleryItems  = 10
	maxSectionTexts  = 3
	maxMediaURL      = 2048
	maxMediaText     = 1024
)

// componentKeys are the documented fields by type, besides type and id.
var componentKeys = map[int][]string{
	componentRow:               {"components"},
	componentButton:            {"style", "label", "emoji", "custom_id", "sku_id", "url", "disabled"},
	componentStringSelect:      {"custom_id", "options", "placeholder", "min_values", "max_values", "required", "disabled"},
	componentTextInput:         {"custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder"},
	componentUserSelect:        {"custom_id", "placeholder", "default_values", "min_values", "max_values", "required", "disabled"},
	componentRoleSelect:        {"custom_id", "placeholder", "default_values", "min_values", "max_values", "required", "disabled"},
	componentMentionableSelect: {"custom_id", "placeholder", "default_values", "min_values", "max_values", "required", "disabled"},
	componentChannelSelect:     {"custom_id", "channel_types", "placeholder", "default_values", "min_values", "max_values", "required", "disabled"},
	componentSection:           {"components", "accessory"},
	componentText:              {"content"},
	componentThumbnail:         {"media", "description", "spoiler"},
	componentGallery:           {"items"},
	componentFile:              {"file", "spoiler", "name", "size"},
	componentSeparator:         {"divider", "spacing"},
	componentContainer:         {"components", "accent_color", "spoiler"},
	componentLabel:             {"label", "description", "component"},
	componentFileUpload:        {"custom_id", "min_values", "max_values", "required"},
	componentRadioGroup:        {"custom_id", "options", "required"},
	componentCheckboxGroup:     {"custom_id", "options", "min_values", "max_values", "required"},
	componentCheckbox:          {"custom_id", "default"},
}

// Which components may stand where.
var (
	topLegacy   = []int{componentRow}
	topV2       = []int{componentRow, componentSection, componentText, componentGallery, componentFile, componentSeparator, componentContainer}
	inContainer = []int{componentRow, componentSection, componentText, componentGallery, componentFile, componentSeparator}
	inRow       = []int{componentButton, componentStringSelect, componentUserSelect, componentRoleSelect, componentMentionableSelect, componentChannelSelect}
	inSection   = []int{componentText}
	accessories = []int{componentButton, componentThumbnail}
)

func isSelect(kind int) bool {
	return kind == componentStringSelect || kind >= componentUserSelect && kind <= componentChannelSelect
}

// A tree is what one message has of what may not be twice or too often.
type tree struct {
	*checker
	customIDs  map[string]bool
	ids        map[string]bool
	total      int
	characters int // of text displays
	bytes      int
}

// components checks the components of a message.
func (k *checker) components(path string, body any, v2 bool) {
	t := tree{checker: k, customIDs: map[string]bool{}, ids: map[string]bool{}}
	most, allowed := maxRows, topLegacy
	if v2 {
		most, allowed = maxComponents, topV2
	}
	for n, c := range k.count(path, body, "components", 0, most) {
		t.component(at(path, "components", n), c, allowed)
	}
	path = at(path, "components")
	if t.total > maxComponents && v2 {
		k.fail(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components exceeds %d", maxComponents)
	}
	if t.characters > maxTextDisplays {
		k.fail(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Text exceeds maximum size of %d", maxTextDisplays)
	}
	if t.bytes >= maxTextBytes {
		k.fail(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Text of %d bytes or more makes Discord answer 500", maxTextBytes)
	}
}

// component checks one component and all inside it.
func (t *tree) component(path string, c any, allowed []int) {
	kind := number(c, "type")
	if !slices.Contains(allowed, kind) {
		t.fail(at(path, "type"), badChoice, "Component of type %d cannot be here", kind)
		return
	}
	if !t.object(path, c, append([]string{"type", "id"}, componentKeys[kind]...)...) {
		return
	}
	t.total++
	if n := number(c, "id"); n != 0 {
		t.unique(at(path, "id"), "component id", t.ids, strconv.Itoa(n))
	}
	t.unique(at(path, "custom_id"), "custom id", t.customIDs, str(c, "custom_id"))
	switch {
	case kind == componentRow:
		t.row(path, c)
	case kind == componentButton:
		t.button(path, c)
	case isSelect(kind):
		t.menu(path, c)
	case kind == componentText:
		t.text(path, c, "content", 1, maxTextDisplays)
		t.characters += length(str(c, "content"))
		t.bytes += len(str(c, "content"))
	default:
		t.layout(path, c)
	}
}

// row checks that a row has five buttons or one menu at most.
func (t *tree) row(path string, c any) {
	children := t.count(path, c, "components", 1, maxRowButtons)
	for n, child := range children {
		t.component(at(path, "components", n), child, inRow)
		if len(children) > 1 && isSelect(number(child, "type")) {
			t.fail(at(path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A menu fills a row")
		}
	}
}

// button checks that a button does exactly one thing and can be told apart.
func (t *tree) button(path string, c any) {
	style := number(c, "style")
	t.text(path, c, "label", 0, maxButtonLabel)
	t.within(path, c, "style", 1, stylePremium)
	t.emoji(at(path, "emoji"), field(c, "emoji"))
	switch style {
	case styleLink:
		t.required(path, c, "url")
		t.link(path, c, "url", maxLinkURL, "http", "https", "discord")
		t.forbidden(path, c, "custom_id", "sku_id")
	case stylePremium:
		t.required(path, c, "sku_id")
		t.forbidden(path, c, "custom_id", "url", "label", "emoji")
	default:
		t.required(path, c, "style")
		t.text(path, c, "custom_id", 1, maxCustomID)
		t.forbidden(path, c, "url", "sku_id")
	}
	if style != stylePremium && str(c, "label") == "" && !has(c, "emoji") {
		t.fail(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji")
	}
}

func (t *tree) forbidden(path string, c any, keys ...string) {
	for _, key := range keys {
		if has(c, key) {
			t.fail(at(path, key), badValue, "A button of this style cannot have %s", key)
		}
	}
}

func (k *checker) emoji(path string, v any) {
	if v == nil || !k.object(path, v, "id", "name", "animated") {
		return
	}
	if str(v, "name") == "" && !has(v, "id") {
		k.fail(path, "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
	}
}

// menu checks a select of any kind.
func (t *tree) menu(path string, c any) {
	t.text(path, c, "custom_id", 1, maxCustomID)
	t.text(path, c, "placeholder", 0, maxPlaceholder)
	t.within(path, c, "min_values", 0, maxSelectOptions)
	t.within(path, c, "max_values", 1, maxSelectOptions)
	if has(c, "max_values") && number(c, "max_values") < number(c, "min_values") {
		t.fail(at(path, "max_values"), badValue, "max_values is less than min_values")
	}
	if number(c, "type") == componentStringSelect {
		t.options(path, c, 1, maxSelectOptions, "label", "value", "description", "emoji", "default")
	}
}

// options checks what can be chosen.
func (k *checker) options(path string, c any, fewest, most int, keys ...string) {
	seen, defaults := map[string]bool{}, 0
	for n, o := range k.count(path, c, "options", fewest, most) {
		p := at(path, "options", n)
		if !k.object(p, o, keys...) {
			continue
		}
		k.text(p, o, "label", 1, maxOptionText)
		k.text(p, o, "value", 1, maxOptionText)
		k.text(p, o, "description", 0, maxOptionText)
		k.emoji(at(p, "emoji"), field(o, "emoji"))
		k.unique(at(p, "value"), "option value", seen, str(o, "value"))
		if boolean(o, "default") {
			defaults++
		}
	}
	if limit := max(1, number(c, "max_values")); defaults > limit {
		k.fail(at(path, "options"), badValue, "More options are chosen by default than max_values allows")
	}
}
