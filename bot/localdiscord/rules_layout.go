package localdiscord

// layout checks the components that came with v2.
func (t *tree) layout(path string, c any) {
	switch number(c, "type") {
	case componentSection:
		for n, child := range t.count(path, c, "components", 1, maxSectionTexts) {
			t.component(at(path, "components", n), child, inSection)
		}
		t.component(at(path, "accessory"), field(c, "accessory"), accessories)
	case componentContainer:
		t.within(path, c, "accent_color", 0, 0xffffff)
		for n, child := range t.count(path, c, "components", 1, maxComponents) {
			t.component(at(path, "components", n), child, inContainer)
		}
	case componentThumbnail:
		t.media(path, c, "media")
	case componentGallery:
		for n, item := range t.count(path, c, "items", 1, maxGalleryItems) {
			p := at(path, "items", n)
			if t.object(p, item, "media", "description", "spoiler") {
				t.media(p, item, "media")
			}
		}
	case componentFile:
		t.object(at(path, "file"), field(c, "file"), "url")
	case componentSeparator:
		t.within(path, c, "spacing", 1, 2)
	}
}

func (t *tree) media(path string, c any, key string) {
	t.object(at(path, key), field(c, key), "url")
	t.required(at(path, key), field(c, key), "url")
	t.link(at(path, key), field(c, key), "url", maxMediaURL, "http", "https", "attachment")
	t.text(path, c, "description", 0, maxMediaText)
}
