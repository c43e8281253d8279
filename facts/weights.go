package facts

import (
	"encoding/binary"
	"hash/fnv"
	"math"
)

// writeModel returns the fitted weights of the index with a seal that tells
// which index they fit; nil when there are none.
func (x *index) writeModel() []byte {
	m := x.model
	if m == nil {
		return nil
	}
	out := binary.LittleEndian.AppendUint64(nil, x.seal())
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(m.unit))
	for row := range len(m.rowAt) - 1 {
		from, to := m.rowAt[row], m.rowAt[row+1]
		out = binary.AppendUvarint(out, uint64(to-from))
		last := uint16(0)
		for i := from; i < to; i++ {
			out = binary.AppendUvarint(out, uint64(m.entry[i]-last))
			out = append(out, byte(m.level[i]))
			last = m.entry[i]
		}
	}
	return out
}

// readModel reads weights that writeModel wrote for this very index; nil when
// they are not for it.
func (x *index) readModel(b []byte) *regression {
	const header = 12
	if len(b) < header || binary.LittleEndian.Uint64(b) != x.seal() {
		return nil
	}
	m := x.newRegression()
	if m == nil {
		return nil
	}
	m.unit = math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))
	b = b[header:]
	m.entry = make([]uint16, 0, len(b)/2)
	m.level = make([]int8, 0, len(b)/2)
	for row := range len(m.rowAt) - 1 {
		count, n := binary.Uvarint(b)
		if n <= 0 {
			return nil
		}
		b = b[n:]
		last := uint64(0)
		for range count {
			step, n := binary.Uvarint(b)
			if n <= 0 || n >= len(b) || last+step >= uint64(m.entries) {
				return nil
			}
			last += step
			m.entry = append(m.entry, uint16(last))
			m.level = append(m.level, int8(b[n]))
			b = b[n+1:]
		}
		m.rowAt[row+1] = uint32(len(m.level))
	}
	return m
}

// seal tells indexes apart: it changes with any phrase, term or entry.
func (x *index) seal() uint64 {
	h := fnv.New64a()
	var buf [4]byte
	write := func(list []uint32) {
		for _, v := range list {
			binary.LittleEndian.PutUint32(buf[:], v)
			h.Write(buf[:])
		}
	}
	write([]uint32{uint32(len(x.entries)), uint32(len(x.wordText)), uint32(len(x.idf[sense]))})
	write(x.words)
	write(x.senses)
	write(x.phraseAt)
	for _, e := range x.entries {
		write([]uint32{uint32(e.n), uint32(e.asks)})
	}
	for _, w := range x.wordText {
		h.Write([]byte(w))
	}
	return h.Sum64()
}
