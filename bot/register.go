package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"summitbot/bot/discord"
	"summitbot/commands"
)

func newRegister(a *app) *cobra.Command {
	var guild string
	var dryRun, asJSON bool
	cmd := &cobra.Command{
		Use:   "register",
		Short: "Register the slash commands, if they differ",
		Long: `Compare the slash commands that Discord has with those of this program, show
what differs, and push them in one call. Nothing is pushed when nothing
differs.

Commands of a single server are there at once; global ones reach every server
and every person within minutes.`,
		Example: `  summitbot register --dry-run
  summitbot register
  summitbot register --guild 123456789012345678   # to try them out`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.register(cmd.Context(), guild, dryRun, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&guild, "guild", "", "register in the server with this `ID` instead of everywhere")
	f.BoolVar(&dryRun, "dry-run", false, "show what differs and push nothing")
	f.BoolVar(&asJSON, "json", false, "print the result as one JSON object")
	return cmd
}

// register carries out the command.
func (a *app) register(ctx context.Context, guild string, dryRun, asJSON bool) error {
	if strings.ContainsFunc(guild, func(r rune) bool { return r < '0' || r > '9' }) {
		return usage("copy it in Discord: right-click the server, Copy Server ID", "--guild %q is no id", guild)
	}
	settings, err := a.settings()
	if err != nil {
		return err
	}
	conn, err := a.connection(settings)
	if err != nil {
		return err
	}
	if conn, err = conn.identified(ctx); err != nil {
		return err
	}
	client := conn.client(nil, discord.ClientMetrics{})
	defer client.Close()
	want, changes, err := commandChanges(ctx, client, guild)
	if err != nil {
		return err
	}
	pushed := len(changes) > 0 && !dryRun
	if pushed {
		if _, err := client.OverwriteCommands(ctx, guild, want); err != nil {
			return discordFault("register the commands", err)
		}
	}
	if asJSON {
		return newEncoder(a.out).Encode(struct {
			Changes []commandChange `json:"changes"`
			Pushed  bool            `json:"pushed"`
		}{append([]commandChange{}, changes...), pushed})
	}
	return a.write(describeChanges(changes, len(want), pushed))
}

// commandChanges returns the program's commands, and in what those that Discord
// has differ from them.
func commandChanges(ctx context.Context, client *discord.Client, guild string) (want []json.RawMessage, changes []commandChange, err error) {
	have, err := client.Commands(ctx, guild)
	if err != nil {
		return nil, nil, discordFault("read the registered commands", err)
	}
	if want, err = marshalEach(commands.Definitions()); err != nil {
		return nil, nil, err
	}
	changes, err = compareCommands(have, want)
	return want, changes, err
}

func marshalEach[T any](list []T) ([]json.RawMessage, error) {
	var out []json.RawMessage
	for _, v := range list {
		data, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

// A commandChange is one difference between the commands that Discord has and
// those of the program.
type commandChange struct {
	Change string   `json:"change"` // add, change or remove
	Name   string   `json:"name"`
	What   []string `json:"what,omitempty"` // fields that differ
}

// compareCommands returns what differs, in the program's order.
func compareCommands(have, want []json.RawMessage) ([]commandChange, error) {
	before, order, err := byName(have)
	if err != nil {
		return nil, err
	}
	after, names, err := byName(want)
	if err != nil {
		return nil, err
	}
	var changes []commandChange
	for _, name := range names {
		old, ok := before[name]
		if !ok {
			changes = append(changes, commandChange{Change: "add", Name: display(after[name])})
			continue
		}
		if what := differing(old, after[name]); len(what) > 0 {
			changes = append(changes, commandChange{"change", display(after[name]), what})
		}
	}
	for _, name := range order {
		if _, ok := after[name]; !ok {
			changes = append(changes, commandChange{Change: "remove", Name: display(before[name])})
		}
	}
	return changes, nil
}

// numbered writes a set of permissions as a text: both that and a number are
// taken and given.
func numbered(c map[string]any) {
	const key = "default_member_permissions"
	if n, ok := c[key].(float64); ok {
		c[key] = strconv.FormatUint(uint64(n), 10)
	}
}

// byName reads commands, by type and name.
func byName(list []json.RawMessage) (map[string]map[string]any, []string, error) {
	out := map[string]map[string]any{}
	var order []string
	for _, raw := range list {
		var c map[string]any
		if err := json.Unmarshal(raw, &c); err != nil {
			return nil, nil, fmt.Errorf("a command that Discord sent is not understood: %w", err)
		}
		numbered(c)
		key := fmt.Sprint(typeOfCommand(c), " ", c["name"])
		out[key] = c
		order = append(order, key)
	}
	return out, order, nil
}

// typeOfCommand is 1, a chat command, where nothing is said.
func typeOfCommand(c map[string]any) float64 {
	if t, ok := c["type"].(float64); ok && t != 0 {
		return t
	}
	return 1
}

// display is how people see a command.
func display(c map[string]any) string {
	if typeOfCommand(c) == 1 {
		return fmt.Sprint("/", c["name"])
	}
	return fmt.Sprint(c["name"])
}

// comparedFields are those that the program sets. Discord adds ids, versions
// and defaults of its own.
var comparedFields = []string{"name_localizations", "description", "description_localizations", "options", "contexts", "integration_types", "default_member_permissions"}

// differing returns the fields in which two commands differ.
func differing(have, want map[string]any) []string {
	var fields []string
	for _, field := range comparedFields {
		if canonical(have[field]) != canonical(want[field]) {
			fields = append(fields, field)
		}
	}
	return fields
}

// canonical spells a value so that what means the same is the same: nothing,
// false, "", empty lists and maps are all left out, and lists of numbers are
// sorted.
func canonical(v any) string {
	data, err := json.Marshal(pruned(v))
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(data)
}

func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			if value = pruned(value); value != nil {
				out[key] = value
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case []any:
		return prunedList(v)
	case bool:
		if !v {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}

func prunedList(list []any) any {
	if len(list) == 0 {
		return nil
	}
	var out []any
	numbers := true
	for _, item := range list {
		_, isNumber := item.(float64)
		numbers = numbers && isNumber
		out = append(out, pruned(item))
	}
	if numbers {
		slices.SortFunc(out, func(a, b any) int { return int(a.(float64) - b.(float64)) })
	}
	return out
}

// describeChanges is what register prints.
func describeChanges(changes []commandChange, total int, pushed bool) string {
	var b strings.Builder
	signs := map[string]string{"add": "+", "change": "~", "remove": "-"}
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s", signs[c.Change], c.Name)
		if len(c.What) > 0 {
			fmt.Fprintf(&b, ": %s", strings.Join(c.What, ", "))
		}
		b.WriteByte('\n')
	}
	switch {
	case len(changes) == 0:
		fmt.Fprintf(&b, "nothing to do: all %d commands are registered as they are here\n", total)
	case pushed:
		fmt.Fprintf(&b, "pushed: %d commands are registered\n", total)
	default:
		b.WriteString("nothing was pushed (--dry-run)\n")
	}
	return b.String()
}
