package mock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// brainysoft logs in at /bs-core/main/login and finds contracts by a field.
func brainysoft(s *Server) http.HandlerFunc {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /bs-core/main/login", s.brainyLogin)
	mux.HandleFunc("GET /bs-core/main/contracts/find/field/{field}/value/{value}", s.find)
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.shows("customer_key", r.Header.Get("customer-key")) {
			brainyError(http.StatusForbidden, "customer-key").write(w)
			return
		}
		mux.ServeHTTP(w, r)
	}
}

func brainyError(status int, message string) *answer {
	return &answer{status: status, body: fmt.Sprintf(`{"status":"error","timestamp":1500000000000,"message":%q,"data":null}`, message)}
}

func (s *Server) brainyLogin(w http.ResponseWriter, r *http.Request) {
	var body struct{ UserName, Password string }
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.UserName == "" || !s.shows("password", body.Password) {
		brainyError(http.StatusUnauthorized, "wrong user name or password").write(w)
		return
	}
	(&answer{header: map[string]string{"bsauth": s.token()}, body: `{"status":"ok","timestamp":1500000000000,"data":null}`}).write(w)
}

func (s *Server) find(w http.ResponseWriter, r *http.Request) {
	token, field, value := r.Header.Get("bsauth"), r.PathValue("field"), r.PathValue("value")
	if !s.good(token) {
		brainyError(http.StatusUnauthorized, "the session has ended").write(w)
		return
	}
	s.document(w, r, value, token, func(other bool) answer {
		if s.missing(value) {
			return answer{body: `{"status":"ok","timestamp":1500000000000,"data":null}`}
		}
		id, name, client := fmt.Sprint(10_000_000+hash(value)%1_000_000), contractNumber(s.random(value)), "10132989"
		switch number := strings.Trim(value, "0123456789") == "" && !strings.HasPrefix(value, "0"); {
		case field == "id" && number:
			id = value
		case field == "name":
			name = value
		case field == "client.id" && number:
			client = value
		}
		if other {
			id, name = "1", contractNumber(s.random("other"))
		}
		return answer{body: fmt.Sprintf(`{"status":"ok","timestamp":%d,"data":%s}`, s.o.Now().UnixMilli(), s.loan(name).terms(id, client))}
	})
}
