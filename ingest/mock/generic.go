package mock

import (
	"fmt"
	"net/http"
	"strconv"
)

// generic is the API of testdata/sources/leasing.yaml in three forms: statements page
// by page at GET /statements/{contract}, jobs at POST /jobs and GET /jobs/{job}. The
// login is POST /token.
func generic(s *Server) http.HandlerFunc {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		if !s.shows("password", r.PostFormValue("password")) {
			(&answer{status: http.StatusForbidden, body: `{"error":"wrong password"}`}).write(w)
			return
		}
		(&answer{body: fmt.Sprintf(`{"token":%q,"seconds":%d}`, s.token(), int64(s.o.TokenLife.Seconds()))}).write(w)
	})
	mux.HandleFunc("GET /statements/{contract}", func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.FormValue("page"))
		s.statement(w, r, r.PathValue("contract"), max(page, 1))
	})
	mux.HandleFunc("POST /jobs", s.leasingJob)
	mux.HandleFunc("GET /jobs/{job}", s.leasingResult)
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/token" && !s.good(bearer(r)) {
			(&answer{status: http.StatusUnauthorized, body: `{"answer":{"state":"ERROR","reason":"token"}}`}).write(w)
			return
		}
		mux.ServeHTTP(w, r)
	}
}

// pages that a contract's statements have.
const pages = 3

// statement gives one page; next is the path of the page after it.
func (s *Server) statement(w http.ResponseWriter, r *http.Request, contract string, page int) {
	s.document(w, r, contract+"#"+strconv.Itoa(page), bearer(r), func(other bool) answer {
		if s.missing(contract) {
			return answer{body: `{"answer":{"state":"EMPTY","statements":[]}}`}
		}
		if other {
			contract += "-other"
		}
		next := "null"
		if page < pages {
			next = quote(fmt.Sprintf("%s?page=%d", r.URL.EscapedPath(), page+1))
		}
		month := fmt.Sprintf("2026-%02d", page)
		return answer{body: fmt.Sprintf(`{"answer":{"state":"OK","about":%s,"next":%s,"statements":[%s]}}`,
			quote(contract), next, statements(s.random(contract, month), contract, month, s.o.Records))}
	})
}

func (s *Server) leasingJob(w http.ResponseWriter, r *http.Request) {
	key := r.PostFormValue("contract")
	s.mu.Lock()
	s.serial++
	s.counts.Submits++
	s.counts.SubmitsPerKey[key]++
	id := fmt.Sprintf("job-%d", s.serial)
	s.jobs[id] = &job{key: key, after: s.o.Polls}
	s.mu.Unlock()
	(&answer{status: http.StatusAccepted, body: fmt.Sprintf(`{"job":%q}`, id)}).write(w)
}

func (s *Server) leasingResult(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	j := s.jobs[r.PathValue("job")]
	ready := false
	if j != nil {
		j.polls++
		ready = j.polls > j.after
	}
	s.mu.Unlock()
	switch {
	case j == nil:
		http.NotFound(w, r)
	case !ready:
		(&answer{body: `{"answer":{"state":"RUNNING"}}`}).write(w)
	default:
		s.statement(w, r, j.key, pages)
	}
}
