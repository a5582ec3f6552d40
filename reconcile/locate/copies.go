package locate

import (
	"cmp"
	"slices"
	"sort"
)

// minBlock is how many figures other than 0 two rows must have in common for
// one to be called a copy of the other.
const minBlock = 2

// copiedBlocks finds the rows of the part that another row of the net equals
// figure by figure, and whose change makes all relations hold. A row that
// contains one of the smaller explanations proves nothing.
func (x *examiner) copiedBlocks(sets [][]outcome) []hypothesis {
	var found []hypothesis
	var members blocks
	for _, block := range x.suspectBlocks() {
		if slices.ContainsFunc(sets, func(set []outcome) bool { return x.s.inBlock(set, block) }) {
			continue
		}
		if members.order == nil {
			members = x.s.blocks()
		}
		twin := x.s.twin(&members, block)
		if twin == 0 {
			continue
		}
		h := x.blockHypothesis(block)
		for _, o := range h.outcomes {
			h.slips = append(h.slips, Slip{
				Class:   Copied,
				Reason:  "whole row copied from another",
				Figures: x.s.forOutcome(o),
				Other:   members.of(twin)[slices.Index(members.of(block), o.figure)],
				level:   levelCopied,
			})
		}
		if len(h.outcomes) > 0 {
			found = append(found, h)
		}
	}
	return found
}

// suspectBlocks are the blocks with a suspect in every broken row, ascending:
// no other could explain them all.
func (x *examiner) suspectBlocks() []int {
	blocks := x.blocksIn(x.shortest(x.part.broken))
	for _, row := range x.part.broken {
		if len(blocks) == 0 {
			break
		}
		here := x.blocksIn(row)
		blocks = slices.DeleteFunc(blocks, func(block int) bool {
			_, ok := slices.BinarySearch(here, block)
			return !ok
		})
	}
	return blocks
}

// blocksIn are the blocks of the suspects of a row, ascending.
func (x *examiner) blocksIn(row int) []int {
	blocks := x.s.numbers.take(len(x.s.rows[row].terms))[:0]
	for _, term := range x.s.rows[row].terms {
		if block := x.s.net.Figures[term.Figure].Block; block != 0 && x.s.suspect(term.Figure) {
			blocks = append(blocks, block)
		}
	}
	slices.Sort(blocks)
	return slices.Compact(blocks)
}

// inBlock tells whether all figures of an explanation are of one block.
func (s *system) inBlock(set []outcome, block int) bool {
	for _, o := range set {
		if s.net.Figures[o.figure].Block != block {
			return false
		}
	}
	return true
}

// blocks are the figures that are in one.
type blocks struct {
	net   *Net
	order []int // by block, those of each in the order of the net
}

func (s *system) blocks() blocks {
	b := blocks{s.net, s.numbers.take(len(s.net.Figures))[:0]}
	sorted := true
	for i := range s.net.Figures {
		if block := s.net.Figures[i].Block; block != 0 {
			sorted = sorted && (len(b.order) == 0 || b.block(len(b.order)-1) <= block)
			b.order = append(b.order, i)
		}
	}
	if !sorted {
		b.order = s.byBlock(b.order)
	}
	return b
}

// byBlock sorts figures by their blocks. Those of one block stay in their order. Blocks
// that count from 1 without many left out, as mostly, need not be compared.
func (s *system) byBlock(figures []int) []int {
	first, last := 1, 0
	for _, f := range figures {
		first, last = min(first, s.net.Figures[f].Block), max(last, s.net.Figures[f].Block)
	}
	if first < 0 || last > 4*len(s.net.Figures) {
		slices.SortStableFunc(figures, func(f, g int) int { return cmp.Compare(s.net.Figures[f].Block, s.net.Figures[g].Block) })
		return figures
	}
	next := s.numbers.take(last + 1) // where the next figure of each block comes
	for _, f := range figures {
		next[s.net.Figures[f].Block]++
	}
	at := 0
	for block, n := range next {
		next[block] = at
		at += n
	}
	sorted := s.numbers.take(len(figures))
	for _, f := range figures {
		block := s.net.Figures[f].Block
		sorted[next[block]] = f
		next[block]++
	}
	return sorted
}

// block of the figure at a place in the order.
func (b *blocks) block(at int) int { return b.net.Figures[b.order[at]].Block }

// next is where the block ends that begins at a place in the order.
func (b *blocks) next(from int) (end int) {
	for end = from; end < len(b.order) && b.block(end) == b.block(from); end++ {
	}
	return end
}

// of are the figures of a block.
func (b *blocks) of(block int) []int {
	from := sort.Search(len(b.order), func(at int) bool { return b.block(at) >= block })
	if from == len(b.order) || b.block(from) != block {
		return nil
	}
	return b.order[from:b.next(from)]
}

// twin is the lowest other block with the same figures, 0 when there is none.
func (s *system) twin(members *blocks, block int) int {
	here := members.of(block)
	for from := 0; from < len(members.order); {
		end := members.next(from)
		if other := members.block(from); other != block && s.same(here, members.order[from:end]) {
			return other
		}
		from = end
	}
	return 0
}

// same tells whether two blocks have the same fields with the same values,
// enough of them not 0.
func (s *system) same(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	proof := 0
	for i := range a {
		f, g := &s.net.Figures[a[i]], &s.net.Figures[b[i]]
		if f.Field != g.Field || f.Missing != g.Missing || !s.value[a[i]].equal(s.value[b[i]]) {
			return false
		}
		if !s.value[a[i]].isZero() {
			proof++
		}
	}
	return proof >= minBlock
}

// blockHypothesis solves for all suspects of a block in the part and keeps
// those that change; there are none when that does not make all rows hold.
func (x *examiner) blockHypothesis(block int) (h hypothesis) {
	var set []int
	for _, figure := range x.part.figures {
		if x.s.net.Figures[figure].Block == block {
			set = append(set, figure)
		}
	}
	for _, o := range x.search().solver.outcomes(set) {
		if !o.known || !o.change(x.s).isZero() {
			h.outcomes = append(h.outcomes, o)
		}
	}
	return h
}
