package mock

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// job that was submitted.
type job struct {
	key, operation string
	polls, after   int // asked for so often; done after so many
}

// arifmetika takes jobs at POST /submit and gives results at GET /result. The addresses
// are its own: those of the API are not public.
func arifmetika(s *Server) http.HandlerFunc {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /submit", s.submit)
	mux.HandleFunc("GET /result", s.result)
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.shows("apikey", r.Header.Get("apikey")) {
			http.Error(w, "apikey", http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}
}

func (s *Server) submit(w http.ResponseWriter, r *http.Request) {
	var body map[string]string
	err := json.NewDecoder(r.Body).Decode(&body)
	operation, key, ok := r.Header.Get("Mq-Jrb-Operation"), "", false
	switch route := r.Header.Get("Mq-Jrb-Routing-Key"); {
	case err != nil || r.Header.Get("Mq-Jrb-Exchange") != "PersonalAccount":
	case operation == "PersonContracts" && route == "account":
		key = body["phone"] + body["passport_series"] + body["passport_number"]
		ok = body["birthdate"] != "" && key != "" && r.Header.Get("Mq-Jrb-Object") == body["phone"]
	case operation == "PaymentSchedule" && route == "schedule":
		key = body["contract_num"]
		ok = key != "" && r.Header.Get("Mq-Jrb-Object") == key
	}
	if !ok {
		http.Error(w, "the request is not one of the documented", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.serial++
	s.counts.Submits++
	s.counts.SubmitsPerKey[key]++
	id := fmt.Sprintf("job-%d-%08x", s.serial, uint32(hash(key)))
	n := s.counts.SubmitsPerKey[key]
	s.jobs[id] = &job{key: key, operation: operation, after: s.o.Polls}
	fault := s.draw("submit "+key, n)
	if fault == Late {
		s.jobs[id].after *= 5
		s.counts.Faults[fault]++
	}
	s.mu.Unlock()
	// What a fault of the way back would cost is a second job, so that a submission
	// only fails in ways that say that nothing was taken.
	if fault == TooManySeconds || fault == TooManyDate || fault == Unavailable {
		s.mu.Lock()
		s.counts.Faults[fault]++
		delete(s.jobs, id)
		s.mu.Unlock()
		s.misbehave(w, r, fault, "", answer{})
		return
	}
	(&answer{status: http.StatusAccepted, header: map[string]string{"Mq-Jrb-Id": id}}).write(w)
}

func (s *Server) result(w http.ResponseWriter, r *http.Request) {
	id := r.Header.Get("Mq-Jrb-Id")
	s.mu.Lock()
	j := s.jobs[id]
	ready := false
	if j != nil {
		j.polls++
		ready = j.polls > j.after
	}
	s.mu.Unlock()
	switch {
	case j == nil:
		http.Error(w, "no such job", http.StatusNotFound)
		return
	case !ready:
		(&answer{status: http.StatusAccepted, header: map[string]string{"Mq-Jrb-Id": id}}).write(w)
		return
	}
	s.document(w, r, j.key, "", func(other bool) answer {
		a := answer{header: map[string]string{"Mq-Jrb-Id": id, "Mq-Jrb-Id-Result": "result-of-" + id}}
		if other {
			a.header["Mq-Jrb-Id"] = "job-of-another"
		}
		switch {
		case j.operation == "PaymentSchedule":
			a.body = s.loan(j.key).schedule()
		case s.missing(j.key):
			a.body = "[]"
		default:
			random := s.random(j.key)
			a.body = list(s.o.Records, func(int) string { return s.loan(contractNumber(random)).contract() })
		}
		return a
	})
}
