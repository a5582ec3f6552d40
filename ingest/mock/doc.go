// Package mock answers as the upstream APIs do, for tests and for trying things out:
// the logins, the jobs, the envelopes and the errors are those that are documented, and
// the documents agree with themselves, so that checking them finds nothing.
//
// On demand it misbehaves (Faults), by the same requests each time: a Seed decides what
// befalls the nth request for a key, whatever the order in which keys come.
package mock
