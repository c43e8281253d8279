package facts

import (
	"encoding/binary"
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
		cells := m.cells[m.rowAt[row]:m.rowAt[row+1]]
		out = binary.AppendUvarint(out, uint64(len(cells)))
		for _, c := range cells {
			out = append(out, c.step, byte(c.level))
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
	m.cells = make([]cell, 0, max(0, len(b)-len(m.rowAt)+1)/2) // of each row a byte counts them
	for row := range len(m.rowAt) - 1 {
		count, n := binary.Uvarint(b)
		if n <= 0 || count > uint64(len(b)-n)/2 {
			return nil
		}
		cells := b[n : n+2*int(count)]
		b = b[n+len(cells):]
		entry := 0
		for i := 0; i < len(cells); i += 2 {
			if entry += int(cells[i]); entry >= m.entries {
				return nil
			}
			m.cells = append(m.cells, cell{cells[i], int8(cells[i+1])})
		}
		m.rowAt[row+1] = uint32(len(m.cells))
	}
	return m
}

// seal tells indexes apart: it changes with any phrase, term or entry (FNV-1a,
// a number at a time).
func (x *index) seal() uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	write := func(list ...uint32) {
		for _, v := range list {
			h = (h ^ uint64(v)) * prime
		}
	}
	write(uint32(len(x.entries)), uint32(x.vocabulary.len()), uint32(len(x.grade[sense])))
	for _, list := range []numbers{x.words, x.senses} {
		for i := range uint32(list.len()) {
			write(list.at(i))
		}
	}
	write(x.phraseAt...)
	for _, e := range x.entries {
		write(uint32(e.n), uint32(e.asks))
	}
	write(x.vocabulary.ends...)
	for _, c := range []byte(x.vocabulary.letters.String()) {
		h = (h ^ uint64(c)) * prime
	}
	return h
}
