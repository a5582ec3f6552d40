package mock

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// vakifbank lets users in at /auth/oauth/v2/authorize without asking, gives tokens and
// answers the inquiries of limits and invoices.
func vakifbank(s *Server) http.HandlerFunc {
	mux := http.NewServeMux()
	for _, path := range []string{"", "commercial/"} {
		mux.HandleFunc("GET /auth/oauth/v2/"+path+"authorize", s.authorize)
	}
	mux.HandleFunc("POST /auth/oauth/v2/token", s.vakifToken)
	mux.HandleFunc("POST /inquireDDSLimitRisk", s.inquire("LimitInfo"))
	mux.HandleFunc("POST /inquireDDSInvoice", s.inquire("InvoiceInfo"))
	return mux.ServeHTTP
}

// authorize sends the browser back with a code that remembers the challenge.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" {
		http.Error(w, "response_type, code_challenge_method, redirect_uri", http.StatusBadRequest)
		return
	}
	back.RawQuery = url.Values{"code": {"code." + q.Get("code_challenge")}, "state": {q.Get("state")}}.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (s *Server) vakifToken(w http.ResponseWriter, r *http.Request) {
	ok := false
	switch r.PostFormValue("grant_type") {
	case "authorization_code":
		challenge, _ := strings.CutPrefix(r.PostFormValue("code"), "code.")
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		ok = challenge == base64.RawURLEncoding.EncodeToString(sum[:])
	case "refresh_token":
		old := r.PostFormValue("refresh_token")
		s.mu.Lock()
		ok = s.tokens[old] || s.serial == 0 && s.shows("refresh_token", old)
		delete(s.tokens, old) // each is good once
		s.mu.Unlock()
	}
	if !ok || !s.shows("client_secret", r.PostFormValue("client_secret")) && s.o.Secrets["client_secret"] != "" {
		(&answer{status: http.StatusBadRequest, body: `{"error":"invalid_grant","error_description":"the grant is not valid"}`}).write(w)
		return
	}
	token := s.token()
	s.mu.Lock()
	s.tokens["refresh-"+token] = true
	s.mu.Unlock()
	(&answer{body: fmt.Sprintf(`{"access_token":%q,"token_type":"Bearer","expires_in":%d,"refresh_token":"refresh-%s","scope":"payment"}`,
		token, int64(s.o.TokenLife.Seconds()), token)}).write(w)
}

// envelope of an answer of the bank.
func envelope(code, description, data string) string {
	return fmt.Sprintf(`{"Header":{"StatusCode":%q,"StatusDescription":%q,"ObjectID":"d4a099f2-1219-4209-b764-49205814f063"},"Data":%s}`,
		code, description, data)
}

func (s *Server) inquire(member string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := bearer(r)
		if !s.good(token) {
			(&answer{status: http.StatusUnauthorized, body: envelope("APIGW000003", "Unauthorized", "null")}).write(w)
			return
		}
		var body struct {
			MainCompanyID                       json.Number
			MainCompanyDealerCode, CurrencyCode string
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.MainCompanyID == "" {
			(&answer{body: envelope("ACBH000162", "Ana firma id uygun formatta girilmelidir.", "null")}).write(w)
			return
		}
		body.CurrencyCode = cmp.Or(body.CurrencyCode, "TL")
		company, dealer := body.MainCompanyID.String(), body.MainCompanyDealerCode
		key := company + "/" + dealer
		s.document(w, r, key, token, func(other bool) answer {
			if s.missing(key) {
				return answer{body: envelope("APIGW000000", "Completed", "{"+strconv.Quote(member)+":[]}")}
			}
			random := s.random(key)
			if other {
				company, dealer = "1", "other"
			}
			data := ""
			if member == "LimitInfo" {
				data = limit(random, company, dealer, body.CurrencyCode)
			} else {
				data = invoices(random, company, dealer, body.CurrencyCode, s.o.Records)
			}
			return answer{body: envelope("APIGW000000", "Completed", "{"+strconv.Quote(member)+":"+data+"}")}
		})
	}
}
