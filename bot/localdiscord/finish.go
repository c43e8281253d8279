package localdiscord

// finishEmbeds fills in what Discord adds to embeds that it was sent.
func finishEmbeds(embeds []any) []any {
	for _, e := range embeds {
		o, ok := e.(object)
		if !ok {
			continue
		}
		dropNulls(o)
		o["type"] = "rich"
		for _, f := range list(o, "fields") {
			if f, ok := f.(object); ok && !has(f, "inline") {
				f["inline"] = false
			}
		}
	}
	return embeds
}

// finishComponents fills in what Discord adds to components that it was sent:
// ids, counted from 1, and defaults.
func finishComponents(components []any) []any {
	id := 0
	for _, c := range components {
		if o, ok := c.(object); ok {
			finishComponent(o, &id)
		}
	}
	return components
}

func finishComponent(c object, id *int) {
	dropNulls(c)
	*id++
	if number(c, "id") == 0 {
		c["id"] = *id
	}
	switch number(c, "type") {
	case componentStringSelect, componentUserSelect, componentRoleSelect, componentMentionableSelect, componentChannelSelect:
		setDefault(c, "min_values", 1)
		setDefault(c, "max_values", 1)
		delete(c, "required") // means something in modals only
	case componentThumbnail:
		setDefault(c, "description", nil)
		setDefault(c, "spoiler", false)
		finishMedia(c, "media")
	case componentGallery:
		for _, item := range list(c, "items") {
			if o, ok := item.(object); ok {
				setDefault(o, "description", nil)
				setDefault(o, "spoiler", false)
				finishMedia(o, "media")
			}
		}
	case componentSeparator:
		setDefault(c, "spacing", 1)
		setDefault(c, "divider", true)
	case componentContainer:
		setDefault(c, "accent_color", nil)
		setDefault(c, "spoiler", false)
	}
	for _, child := range append(list(c, "components"), field(c, "accessory")) {
		if o, ok := child.(object); ok {
			finishComponent(o, id)
		}
	}
}

// finishMedia tells of a picture that nobody has looked at yet.
func finishMedia(c object, key string) {
	if o := obj(c, key); o != nil {
		url := str(o, "url")
		c[key] = object{"id": "0", "url": url, "proxy_url": url, "width": 0, "height": 0, "content_type": nil}
	}
}

func setDefault(c object, key string, value any) {
	if !has(c, key) {
		c[key] = value
	}
}

// dropNulls drops fields that were sent as null: Discord leaves them out.
func dropNulls(c object) {
	for k, v := range c {
		if v == nil {
			delete(c, k)
		}
	}
}
