package kit

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A contract is what a module offers: its document, and what each operation takes.
type contract struct {
	paths  json.RawMessage
	inputs map[string]*schema
}

type document struct {
	OpenAPI string          `json:"openapi"`
	Info    documentInfo    `json:"info"`
	Paths   json.RawMessage `json:"paths"`
}

type documentInfo struct {
	Title   string `json:"title"`
	Version string `json:"version"`
}

// readContract finds the operations of a module in its document: `POST /<module>/<operation>`.
func readContract(module string, text []byte) (*contract, error) {
	var read document
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("the contract is not JSON: %w", err)
	}
	var paths map[string]struct {
		Post struct {
			RequestBody struct {
				Content map[string]struct{ Schema any }
			}
		}
	}
	if err := json.Unmarshal(read.Paths, &paths); err != nil {
		return nil, fmt.Errorf("the contract has no paths: %w", err)
	}
	inputs := map[string]*schema{}
	for path, item := range paths {
		name := strings.TrimPrefix(path, "/"+module+"/")
		input, err := readSchema(item.Post.RequestBody.Content[jsonType].Schema)
		if err != nil {
			return nil, fmt.Errorf("the contract of %s: %w", path, err)
		}
		inputs[name] = input
	}
	return &contract{read.Paths, inputs}, nil
}

// document is what the unit publishes of itself.
func (c *contract) document(title string) ([]byte, error) {
	return json.Marshal(document{"3.1.0", documentInfo{title, "1"}, c.paths})
}
