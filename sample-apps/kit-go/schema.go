package kit

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
)

// A schema holds JSON values to a part of JSON Schema, 2020-12: the keywords below. Any other keyword is refused when the schema is read, so
// that nothing which a contract says goes unchecked.
type schema struct {
	types                []string
	properties           map[string]*schema
	required             []string
	additionalProperties *schema
	closed               bool
	items                *schema
	choices              []*schema
	enum                 []any
	pattern              *regexp.Regexp
	bounds               map[string]float64
	fallback             any
	hasFallback          bool
}

// A problem says what is wrong with a value, and where in it.
type problem struct {
	path    string
	message string
}

func (p *problem) under(name string) *problem {
	if p == nil {
		return nil
	}
	if p.path == "" {
		return &problem{name, p.message}
	}
	return &problem{name + "." + p.path, p.message}
}

// in names the value, too: "fault.limitMs: must be at least 1".
func (p *problem) in(what, separator string) string {
	if p.path == "" {
		return what + ": " + p.message
	}
	return what + separator + p.path + ": " + p.message
}

// Say something about a schema to people, or how it is written.
var notes = map[string]bool{"$schema": true, "title": true, "description": true, "format": true}

var boundKeywords = map[string]bool{
	"minimum": true, "maximum": true, "exclusiveMinimum": true, "exclusiveMaximum": true,
	"minLength": true, "maxLength": true, "minItems": true, "maxItems": true,
}

func mustSchema(text string) *schema {
	var raw any
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		panic(err)
	}
	read, err := readSchema(raw)
	if err != nil {
		panic(err)
	}
	return read
}

func readSchema(raw any) (*schema, error) {
	keywords, ok := raw.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("a schema must be an object")
	}
	read := &schema{bounds: map[string]float64{}}
	for keyword, value := range keywords {
		if err := read.take(keyword, value); err != nil {
			return nil, err
		}
	}
	return read, nil
}

func (s *schema) take(keyword string, value any) (err error) {
	switch {
	case notes[keyword]:
	case boundKeywords[keyword]:
		number, ok := value.(float64)
		if !ok {
			return fmt.Errorf("%q must be a number", keyword)
		}
		s.bounds[keyword] = number
	case keyword == "type":
		s.types = texts(value)
	case keyword == "required":
		s.required = texts(value)
	case keyword == "items":
		s.items, err = readSchema(value)
	case keyword == "additionalProperties":
		if open, ok := value.(bool); ok {
			s.closed = !open
		} else {
			s.additionalProperties, err = readSchema(value)
		}
	case keyword == "properties":
		s.properties = map[string]*schema{}
		fields, _ := value.(map[string]any)
		for name, field := range fields {
			if s.properties[name], err = readSchema(field); err != nil {
				return err
			}
		}
	case keyword == "anyOf":
		choices, _ := value.([]any)
		for _, choice := range choices {
			read, err := readSchema(choice)
			if err != nil {
				return err
			}
			s.choices = append(s.choices, read)
		}
	case keyword == "enum":
		s.enum, _ = value.([]any)
	case keyword == "const":
		s.enum = []any{value}
	case keyword == "pattern":
		text, _ := value.(string)
		s.pattern, err = regexp.Compile(text)
	case keyword == "default":
		s.fallback, s.hasFallback = value, true
	default:
		return fmt.Errorf("the keyword %q is not known here", keyword)
	}
	return err
}

func texts(value any) []string {
	if one, ok := value.(string); ok {
		return []string{one}
	}
	var all []string
	list, _ := value.([]any)
	for _, each := range list {
		if text, ok := each.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

func sortedNames[T any](of map[string]T) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
