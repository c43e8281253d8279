package localdiscord

import "strings"

// Limits of messages.
// https://discord.com/developers/docs/resources/message
const (
	maxContent      = 2000 // characters
	maxEmbeds       = 10
	maxEmbedTotal   = 6000 // characters over all embeds
	maxEmbedTitle   = 256
	maxEmbedText    = 4096
	maxEmbedFields  = 25
	maxFieldName    = 256
	maxFieldValue   = 1024
	maxEmbedFooter  = 2048
	maxEmbedAuthor  = 256
	maxEmbedURL     = 2048
	maxNonce        = 25 // characters
	maxMentionedIDs = 100
	maxUsername     = 80
)

// Flags that may be set on a message, and only on responses.
const (
	flagVoice     = 1 << 13
	messageFlags  = FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2 | flagVoice
	responseFlags = messageFlags | FlagEphemeral
	deferredFlags = FlagEphemeral
)

// A bodyKind says which message a body is about, and so what it may hold.
type bodyKind struct {
	keys  []string
	flags int  // that may be set; an edit ignores others
	edit  bool // fields that are left out stay as they are
	v2    bool // the message that is edited is made of components v2

	uploads []upload // files that come with it
	kept    []string // ids of the files that the message has
}

var (
	messageKeys = []string{"content", "embeds", "allowed_mentions", "components", "attachments", "flags", "poll"}
	createKeys  = append([]string{"nonce", "enforce_nonce", "tts", "message_reference", "sticker_ids", "shared_client_theme"}, messageKeys...)
	webhookKeys = append([]string{"tts", "username", "avatar_url", "thread_name", "applied_tags"}, messageKeys...)
	answerKeys  = append([]string{"tts"}, messageKeys...)
)

func createMessageRules(_ *Server, c *call) []problem {
	var k checker
	k.message("", c.body, bodyKind{keys: createKeys, flags: messageFlags, uploads: c.uploads})
	k.text("", object{"nonce": nonceText(field(c.body, "nonce"))}, "nonce", 0, maxNonce)
	if reference := field(c.body, "message_reference"); reference != nil {
		k.object("message_reference", reference, "type", "message_id", "channel_id", "guild_id", "fail_if_not_exists")
		k.snowflake("message_reference.message_id", field(reference, "message_id"))
	}
	return k.problems
}

// nonceText is a nonce as a string: an integer will do.
func nonceText(v any) any {
	if n, ok := integer(v); ok {
		return string(encode(n))
	}
	return v
}

func editMessageRules(s *Server, c *call) []problem {
	m := s.messageByID(c.PathValue("message_id"))
	return editRules(c, m)
}

func editResponseRules(s *Server, c *call) []problem {
	m, _ := s.response(c) // that there is none is for the handler to say
	return editRules(c, m)
}

func editRules(c *call, m *message) []problem {
	var k checker
	kind := bodyKind{keys: messageKeys, edit: true, uploads: c.uploads}
	if m != nil {
		kind.v2, kind.kept = m.flags&FlagComponentsV2 != 0, m.files
	}
	k.message("", c.body, kind)
	return k.problems
}

func followupRules(_ *Server, c *call) []problem {
	var k checker
	k.message("", c.body, bodyKind{keys: webhookKeys, flags: responseFlags, uploads: c.uploads})
	k.text("", c.body, "username", 0, maxUsername)
	return k.problems
}

// message checks the body of a message.
func (k *checker) message(path string, body any, kind bodyKind) {
	if !k.object(path, body, kind.keys...) {
		return
	}
	flags := number(body, "flags")
	if wrong := flags &^ kind.flags; wrong != 0 && !kind.edit {
		k.fail(at(path, "flags"), badValue, "Flags %d cannot be set here", wrong)
	}
	v2 := kind.v2 || flags&FlagComponentsV2 != 0
	k.text(path, body, "content", 0, maxContent)
	k.embeds(path, k.count(path, body, "embeds", 0, maxEmbeds))
	k.components(path, body, v2)
	k.mentions(at(path, "allowed_mentions"), field(body, "allowed_mentions"))
	k.attachments(path, body, kind)
	if v2 {
		k.onlyComponents(path, body)
	}
	if !kind.edit && !showsSomething(body) {
		k.fail(path, emptyMessage, "Cannot send an empty message")
	}
}

// onlyComponents checks that a message of components v2 has nothing else.
func (k *checker) onlyComponents(path string, body any) {
	for _, key := range []string{"content", "embeds", "poll", "sticker_ids"} {
		if str(body, key) != "" || len(list(body, key)) > 0 || obj(body, key) != nil {
			k.fail(at(path, key), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The %q field cannot be used when using MessageFlags.IS_COMPONENTS_V2", key)
		}
	}
}

// showsSomething reports whether a new message is not empty.
func showsSomething(body any) bool {
	return strings.TrimSpace(str(body, "content")) != "" || len(list(body, "embeds")) > 0 || len(list(body, "components")) > 0 ||
		len(list(body, "attachments")) > 0 || len(list(body, "sticker_ids")) > 0 || obj(body, "poll") != nil
}

// embeds checks each embed and their total.
func (k *checker) embeds(path string, embeds []any) {
	total := 0
	for n, e := range embeds {
		p := at(path, "embeds", n)
		if !k.object(p, e, "title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "video", "provider", "author", "fields") {
			continue
		}
		k.text(p, e, "title", 0, maxEmbedTitle)
		k.text(p, e, "description", 0, maxEmbedText)
		k.link(p, e, "url", maxEmbedURL, "http", "https")
		k.within(p, e, "color", 0, 0xffffff)
		k.embedParts(p, e)
		total += embedLength(e)
	}
	if total > maxEmbedTotal {
		k.fail(at(path, "embeds"), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedTotal)
	}
}

// embedParts checks what is inside an embed.
func (k *checker) embedParts(p string, e any) {
	if has(e, "footer") {
		k.object(at(p, "footer"), field(e, "footer"), "text", "icon_url", "proxy_icon_url")
		k.text(at(p, "footer"), field(e, "footer"), "text", 1, maxEmbedFooter)
	}
	if has(e, "author") {
		k.object(at(p, "author"), field(e, "author"), "name", "url", "icon_url", "proxy_icon_url")
		k.text(at(p, "author"), field(e, "author"), "name", 1, maxEmbedAuthor)
	}
	for _, key := range []string{"image", "thumbnail", "video"} {
		if has(e, key) {
			k.object(at(p, key), field(e, key), "url", "proxy_url", "height", "width")
		}
	}
	for n, f := range k.count(p, e, "fields", 0, maxEmbedFields) {
		fp := at(p, "fields", n)
		k.object(fp, f, "name", "value", "inline")
		k.text(fp, f, "name", 1, maxFieldName)
		k.text(fp, f, "value", 1, maxFieldValue)
	}
}

// embedLength counts what counts toward the total.
func embedLength(e any) int {
	n := length(str(e, "title")) + length(str(e, "description")) + length(str(obj(e, "footer"), "text")) + length(str(obj(e, "author"), "name"))
	for _, f := range list(e, "fields") {
		n += length(str(f, "name")) + length(str(f, "value"))
	}
	return n
}

// mentions checks allowed_mentions: a kind is either parsed or listed.
func (k *checker) mentions(path string, v any) {
	if v == nil || !k.object(path, v, "parse", "roles", "users", "replied_user") {
		return
	}
	for n, kind := range k.count(path, v, "parse", 0, 3) {
		word, _ := kind.(string)
		if word != "users" && word != "roles" && word != "everyone" {
			k.fail(at(path, "parse", n), badChoice, "Value must be one of ('users', 'roles', 'everyone').")
		}
		if len(list(v, word)) > 0 {
			k.fail(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", word, word)
		}
	}
	for _, key := range []string{"users", "roles"} {
		seen := map[string]bool{}
		for n, id := range k.count(path, v, key, 0, maxMentionedIDs) {
			k.snowflake(at(path, key, n), id)
			text, _ := id.(string)
			k.unique(at(path, key, n), "id", seen, text)
		}
	}
}
