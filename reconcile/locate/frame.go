package locate

import "slices"

// Frame is what is worked out of a net once, for explaining it again with other values
// of its figures: which relations each figure stands in, and which hang together. The
// zero Frame is ready for use, by one goroutine.
//
// Of a net that has been explained with a frame, only the Value of figures may be others
// when it is explained with it again, and none of its figures is Missing.
type Frame struct {
	system *system
	parts  [][]int // of figures, each as they are in a part
	of     []int32 // by row: the number of its part, from 1; 0 before it is known
}

// systemOf a net is its system, which is released when it is done with.
func systemOf(net *Net) (*system, error) {
	f := net.Frame
	if f != nil && f.system != nil {
		f.system.renew(net)
		return f.system, nil
	}
	if err := net.validate(); err != nil {
		return nil, err
	}
	if f == nil || hasMissing(net) {
		return newSystem(net), nil
	}
	f.system = newSystem(net)
	f.system.frame = f
	f.of = make([]int32, len(f.system.rows))
	return f.system, nil
}

// renew reads the values of another net that is the same in all else.
func (s *system) renew(net *Net) {
	s.net = net
	s.empty()
	before := s.scale
	s.readValues()
	for i := range s.rows {
		r := &s.rows[i]
		if s.scale != before {
			r.constant, r.tolerance = s.units(&net.Relations[i].Constant), s.units(&net.Relations[i].Tolerance)
		}
		s.evaluate(r)
	}
}

// partOf a row is the number of its part; 0 when it is not known.
func (f *Frame) partOf(row int) int32 {
	if f == nil {
		return 0
	}
	return f.of[row]
}

// keep the figures of a part. Of the rows, those that are in no other part are in it.
func (f *Frame) keep(figures []int, rows []bool) {
	if f == nil {
		return
	}
	f.parts = append(f.parts, slices.Clone(figures))
	for row, is := range rows {
		if is && f.of[row] == 0 {
			f.of[row] = int32(len(f.parts))
		}
	}
}
