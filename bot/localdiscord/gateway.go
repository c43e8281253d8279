package localdiscord

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"time"
)

// maxReplay is how many events a session keeps for a resume.
const maxReplay = 5000

// A gateway holds the sessions of the bot. A session outlives its connection:
// that is what a resume goes back to.
type gateway struct {
	sessions   []*session
	conns      map[*conn]bool
	faults     []GatewayFault
	log        []GatewayEvent
	identifies int
	identified map[int]time.Time // by concurrency key
}

func newGateway() gateway {
	return gateway{conns: map[*conn]bool{}, identified: map[int]time.Time{}}
}

// An event is something to dispatch.
type event struct {
	name    string
	guild   string   // id; "" goes to shard 0
	channel *Channel // nil: not about one
	intents int      // one of them must have been asked for; 0: none needed
	data    any
	hidden  object // what those see who may not read content
	shown   bool   // everybody may
}

// A session is what an Identify began.
type session struct {
	id            string
	shard, shards int
	intents       int
	seq           int      // of the last event
	events        [][]byte // the payloads up to seq
	conn          *conn    // nil while disconnected
}

// dispatch queues an event for all sessions that want it. Events about places
// that the bot is not in go nowhere.
func (s *Server) dispatch(e event) {
	if e.channel != nil && !s.inhabits(*e.channel) {
		return
	}
	for _, ss := range s.gateway.sessions {
		if e.intents != 0 && ss.intents&e.intents == 0 || shardOf(e.guild, ss.shards) != ss.shard {
			continue
		}
		data := e.data
		if e.hidden != nil && !e.shown && ss.intents&intentContent == 0 {
			data = e.hidden
		}
		ss.push(e.name, data)
	}
}

// inhabits reports whether the bot is in a channel.
func (s *Server) inhabits(c Channel) bool { return c.Type == ChannelDM || c.GuildID == s.guild.id }

// push queues one event.
func (ss *session) push(name string, data any) {
	ss.seq++
	ss.events = append(ss.events, encode(payload{Op: opDispatch, Data: encode(data), Seq: &ss.seq, Type: &name}))
	if ss.conn != nil {
		ss.conn.wake()
		return
	}
	ss.events = keepLast(ss.events, maxReplay)
}

// since returns the events after seq, or false when they are not kept.
func (ss *session) since(seq int) ([][]byte, bool) {
	first := ss.seq - len(ss.events)
	if seq < first || seq > ss.seq {
		return nil, false
	}
	return ss.events[seq-first:], true
}

// dispatchInteraction sends an interaction to the session of its shard.
func (s *Server) dispatchInteraction(i *Interaction) error {
	for _, ss := range s.gateway.sessions {
		if shardOf(i.channel.GuildID, ss.shards) == ss.shard {
			ss.push("INTERACTION_CREATE", json.RawMessage(i.payload))
			return nil
		}
	}
	return ErrNotConnected
}

// begin starts a session and queues what it hears first.
func (s *Server) begin(c *conn, in identify) *session {
	ss := &session{id: rand.Text(), shard: in.Shard[0], shards: in.Shard[1], intents: in.Intents, conn: c}
	for _, old := range s.gateway.sessions {
		if old.shard == ss.shard && old.shards == ss.shards && old.conn == nil {
			s.forget(old) // nobody will resume it
			break
		}
	}
	s.gateway.sessions = append(s.gateway.sessions, ss)
	guilds := []any{}
	if shardOf(s.guild.id, ss.shards) == ss.shard {
		guilds = append(guilds, object{"id": s.guild.id, "unavailable": true})
	}
	ss.push("READY", object{
		"v": c.version, "user": s.meJSON(), "guilds": guilds, "session_id": ss.id, "session_type": "normal",
		"resume_gateway_url": s.gatewayURL(), "shard": in.Shard, "private_channels": []any{}, "relationships": []any{},
		"application": object{"id": s.opts.ApplicationID, "flags": 0}, "_trace": []any{"localdiscord"},
	})
	if len(guilds) > 0 && ss.intents&intentGuilds != 0 {
		ss.push("GUILD_CREATE", s.guildCreateJSON())
	}
	return ss
}

// forget ends a session for good.
func (s *Server) forget(ss *session) {
	s.gateway.sessions = slices.DeleteFunc(s.gateway.sessions, func(o *session) bool { return o == ss })
}

func (s *Server) sessionByID(id string) *session {
	for _, ss := range s.gateway.sessions {
		if ss.id == id {
			return ss
		}
	}
	return nil
}

// Dispatch sends an event of any name and data to all sessions, whatever
// intents they asked for. It returns ErrNotConnected when there are none.
func (s *Server) Dispatch(name string, data any) error { return s.Flood(1, name, data) }

// Flood sends an event n times at full speed.
func (s *Server) Flood(n int, name string, data any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.gateway.sessions) == 0 {
		return ErrNotConnected
	}
	raw := encode(data)
	for range n {
		for _, ss := range s.gateway.sessions {
			ss.push(name, raw)
		}
	}
	return nil
}
