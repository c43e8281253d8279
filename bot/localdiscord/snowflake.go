package localdiscord

import (
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, from which snowflakes count.
const discordEpoch = 1420070400000

// snowflakes makes ids: unique, ascending, and dated in their upper bits.
type snowflakes struct {
	now  func() time.Time
	last uint64
}

// next returns an id that is larger than all before.
func (s *snowflakes) next() string {
	dated := uint64(max(0, s.now().UnixMilli()-discordEpoch)) << 22
	s.last = max(s.last+1, dated)
	return strconv.FormatUint(s.last, 10)
}

// shardOf is the shard that receives the events of a guild; direct messages,
// whose guild is "", go to the first.
func shardOf(guildID string, shards int) int {
	id, _ := strconv.ParseUint(guildID, 10, 64)
	return int((id >> 22) % uint64(max(1, shards)))
}
