// Package fetch asks upstream APIs for documents, one key after the other, and
// keeps every answer as it came.
//
// A Protocol knows one API: which request asks for a key, how to log in, and what an
// answer means. Run knows the rest: how many requests may be under way, how fast they
// may follow each other, which of them may be sent again, and when a host is to be
// left in peace. Every key ends in the journal as an answer, as nothing, or as a
// failure with its reason; a run that is cancelled leaves what it has not finished
// untouched, and the next run goes on from there.
//
// Secrets are added to a request at the last moment (Sign). What may be shown of a
// request, in the journal, in events and in a dry run, never held them.
package fetch
