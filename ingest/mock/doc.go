// Package mock answers as the upstream APIs do, for tests and for trying things out:
// the logins, the jobs, the envelopes and the errors are those that are documented, and
// the documents agree with themselves and each other, so that checking them finds nothing
// but the slips that were ordered (Options.Wrong). Contract lists, schedules and terms are
// of one portfolio: a contract's number and the day decide what each tells of it.
//
// On demand it misbehaves (Faults), by the same requests each time: a Seed decides what
// befalls the nth request for a key, whatever the order in which keys come.
package mock
