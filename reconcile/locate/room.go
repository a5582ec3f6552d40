package locate

// room is memory for lists that are done with together.
type room[T any] struct {
	free, all []T
	blocks    int // of memory that were taken
}

// leastRoom is for how many things more memory is taken, at least.
const leastRoom = 64

// take gives a list of n zeros.
func (r *room[T]) take(n int) []T {
	if n > len(r.free) {
		r.all = make([]T, max(n, 2*len(r.all), leastRoom))
		r.free = r.all
		r.blocks++
	}
	list := r.free[:n:n]
	r.free = r.free[n:]
	clear(list)
	return list
}

// back takes the lists back that were given since the room was as it was then.
func (r *room[T]) back(then room[T]) {
	if then.blocks == r.blocks {
		r.free = then.free
	}
}

// mostRoom is for how many things memory is kept, at most.
const mostRoom = 1 << 14

// empty takes all lists back.
func (r *room[T]) empty() {
	if len(r.all) > mostRoom {
		r.all = nil
	}
	r.free, r.blocks = r.all, 0
}
