package localdiscord

// routes lists all there is.
func routes() []route {
	const (
		app      = "/applications/{application_id}"
		channel  = "/channels/{channel_id}"
		webhook  = "/webhooks/{webhook_id}/{webhook_token}"
		original = webhook + "/messages/@original"
		followup = webhook + "/messages/{message_id}"
	)
	return []route{
		{method: "GET", template: "/gateway", open: true, handle: getGateway},
		{method: "GET", template: "/gateway/bot", handle: getGatewayBot},
		{method: "GET", template: "/users/@me", handle: getMe},
		{method: "GET", template: "/users/@me/guilds", handle: getGuilds},
		{method: "POST", template: "/users/@me/channels", rules: dmRules, handle: createDM},
		{method: "GET", template: "/applications/@me", handle: getApplication},
		{method: "GET", template: "/oauth2/applications/@me", handle: getApplication},
		{method: "GET", template: app + "/commands", handle: getCommands},
		{method: "PUT", template: app + "/commands", rules: commandRules, handle: putCommands},
		{method: "GET", template: app + "/guilds/{guild_id}/commands", handle: getCommands},
		{method: "PUT", template: app + "/guilds/{guild_id}/commands", rules: commandRules, handle: putCommands},
		{method: "GET", template: "/guilds/{guild_id}", handle: getGuild},
		{method: "GET", template: "/guilds/{guild_id}/members/{user_id}", handle: getMember},
		{method: "GET", template: channel, handle: getChannel},
		{method: "POST", template: channel + "/typing", handle: startTyping},
		{method: "POST", template: channel + "/messages", rules: createMessageRules, handle: createMessage},
		{method: "GET", template: channel + "/messages/{message_id}", handle: getMessage},
		{method: "PATCH", template: channel + "/messages/{message_id}", rules: editMessageRules, handle: editMessage},
		{method: "DELETE", template: channel + "/messages/{message_id}", handle: deleteMessage},
		{method: "POST", template: callbackRoute, open: true, rules: callbackRules, handle: callback},
		{method: "POST", template: webhook, open: true, rules: followupRules, handle: createFollowup},
		{method: "GET", template: original, open: true, handle: getResponse},
		{method: "PATCH", template: original, open: true, rules: editResponseRules, handle: editResponse},
		{method: "DELETE", template: original, open: true, handle: deleteResponse},
		{method: "GET", template: followup, open: true, handle: getResponse},
		{method: "PATCH", template: followup, open: true, rules: editResponseRules, handle: editResponse},
		{method: "DELETE", template: followup, open: true, handle: deleteResponse},
	}
}

// callbackRoute is where an interaction is responded to.
const callbackRoute = "/interactions/{interaction_id}/{interaction_token}/callback"
