package mock

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// finnotech logs in at /dev/v2/oauth2/token and answers facilityInquiry, the earlier
// path, and the later, whose token a person has granted: the secret token.
func finnotech(s *Server) http.HandlerFunc {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /dev/v2/oauth2/token", s.finnotechToken)
	for _, path := range []string{"", "sms/"} {
		mux.HandleFunc("GET /credit/v2/clients/{client}/users/{user}/"+path+"facilityInquiry", s.facilityInquiry)
	}
	return mux.ServeHTTP
}

// finnotechFailure is an answer that says that the call failed.
func finnotechFailure(status int, code, message string) *answer {
	return &answer{status: status, body: fmt.Sprintf(
		`{"status":"FAILED","trackId":"mock","error":{"code":%q,"message":%q}}`, code, message)}
}

func (s *Server) finnotechToken(w http.ResponseWriter, r *http.Request) {
	basic, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Basic ")
	pair, _ := base64.StdEncoding.DecodeString(basic)
	_, secret, _ := strings.Cut(string(pair), ":")
	if !s.shows("client_secret", secret) {
		finnotechFailure(http.StatusUnauthorized, "UNAUTHORIZED", "client credentials are not valid").write(w)
		return
	}
	var body struct {
		Grant   string `json:"grant_type"`
		NID     string `json:"nid"`
		Scopes  string `json:"scopes"`
		Type    string `json:"token_type"`
		Refresh string `json:"refresh_token"`
	}
	err := json.NewDecoder(r.Body).Decode(&body)
	switch {
	case err == nil && body.Grant == "client_credentials" && len(body.NID) == 10 && body.Scopes != "":
	case err == nil && body.Grant == "refresh_token" && body.Type == "CLIENT-CREDENTIAL" && strings.HasPrefix(body.Refresh, "refresh-"):
	default:
		finnotechFailure(http.StatusBadRequest, "VALIDATION_ERROR", "grant_type, nid, scopes").write(w)
		return
	}
	token := s.token()
	(&answer{body: fmt.Sprintf(`{"result":{"value":%q,"refreshToken":"refresh-%s","lifeTime":%d,"creationDate":"14040101120000"},"status":"DONE"}`,
		token, token, s.o.TokenLife.Milliseconds())}).write(w)
}

func (s *Server) facilityInquiry(w http.ResponseWriter, r *http.Request) {
	token, user, track := bearer(r), r.PathValue("user"), r.URL.Query().Get("trackId")
	good := s.good(token)
	if strings.Contains(r.URL.Path, "/sms/") {
		good = s.shows("token", token)
	}
	if !good {
		finnotechFailure(http.StatusUnauthorized, "UNAUTHORIZED", "token is not valid").write(w)
		return
	}
	if len(user) != 10 && len(user) != 11 {
		finnotechFailure(http.StatusBadRequest, "VALIDATION_ERROR", "user is not valid").write(w)
		return
	}
	s.document(w, r, user, token, func(other bool) answer {
		if other {
			track = "of-another-request"
		}
		if s.missing(user) {
			return answer{body: fmt.Sprintf(`{"result":{"result":120,"user":%q,"message":"هیچ تسهیلات و تعهدی یافت نشد"},"status":"DONE","trackId":%s}`, user, quote(track))}
		}
		return answer{body: facilities(s.random(user), user, track, s.o.Records)}
	})
}
