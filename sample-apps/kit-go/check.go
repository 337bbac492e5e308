package kit

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// check gives the value with the defaults of its schema and without fields that the schema does not name, or the first thing wrong with it.
func (s *schema) check(value any) (any, *problem) {
	if len(s.choices) > 0 {
		return s.checkChoices(value)
	}
	if !s.isOfType(value) {
		return nil, &problem{message: "must be " + typesInWords(s.types)}
	}
	if wrong := s.checkEnum(value); wrong != nil {
		return nil, wrong
	}
	switch typed := value.(type) {
	case map[string]any:
		return s.checkObject(typed)
	case []any:
		return s.checkList(typed)
	case string:
		return typed, s.checkText(typed)
	case float64:
		return typed, s.checkNumber(typed)
	default:
		return value, nil
	}
}

func (s *schema) checkChoices(value any) (any, *problem) {
	var wrong *problem
	for _, choice := range s.choices {
		checked, problem := choice.check(value)
		if problem == nil {
			return checked, nil
		}
		// The one that says most about the value is the one that looks deepest into it.
		if wrong == nil || (wrong.path == "" && problem.path != "") {
			wrong = problem
		}
	}
	return nil, wrong
}

func (s *schema) isOfType(value any) bool {
	if len(s.types) == 0 {
		return true
	}
	for _, name := range s.types {
		if isOf(name, value) {
			return true
		}
	}
	return false
}

func isOf(name string, value any) bool {
	switch typed := value.(type) {
	case nil:
		return name == "null"
	case bool:
		return name == "boolean"
	case string:
		return name == "string"
	case float64:
		return name == "number" || (name == "integer" && typed == math.Trunc(typed))
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	default:
		return false
	}
}

var typeWords = map[string]string{
	"null": "null", "boolean": "true or false", "string": "a text", "number": "a number",
	"integer": "a whole number", "array": "a list", "object": "an object",
}

func typesInWords(types []string) string {
	words := make([]string, len(types))
	for index, name := range types {
		words[index] = typeWords[name]
	}
	return strings.Join(words, " or ")
}

func (s *schema) checkEnum(value any) *problem {
	if s.enum == nil {
		return nil
	}
	for _, allowed := range s.enum {
		if reflect.DeepEqual(allowed, value) {
			return nil
		}
	}
	allowed, _ := json.Marshal(s.enum)
	return &problem{message: "must be one of " + string(allowed)}
}

func (s *schema) checkObject(fields map[string]any) (any, *problem) {
	checked := make(map[string]any, len(fields))
	for _, name := range s.required {
		if _, has := fields[name]; !has {
			return nil, &problem{name, "must be there"}
		}
	}
	for _, name := range sortedNames(s.properties) {
		field := s.properties[name]
		value, has := fields[name]
		if !has {
			if field.hasFallback {
				checked[name] = field.fallback
			}
			continue
		}
		good, wrong := field.check(value)
		if wrong != nil {
			return nil, wrong.under(name)
		}
		checked[name] = good
	}
	return s.checkOthers(fields, checked)
}

// An object of which a schema says nothing is taken as it is.
func (s *schema) checkOthers(fields, checked map[string]any) (any, *problem) {
	if s.properties == nil && s.additionalProperties == nil && !s.closed {
		return fields, nil
	}
	for _, name := range sortedNames(fields) {
		if _, isKnown := s.properties[name]; isKnown {
			continue
		}
		if s.closed {
			return nil, &problem{name, "there is no such field"}
		}
		if s.additionalProperties == nil {
			continue
		}
		good, wrong := s.additionalProperties.check(fields[name])
		if wrong != nil {
			return nil, wrong.under(name)
		}
		checked[name] = good
	}
	return checked, nil
}

func (s *schema) checkList(list []any) (any, *problem) {
	if wrong := s.checkSize(len(list), "minItems", "maxItems", "items"); wrong != nil {
		return nil, wrong
	}
	if s.items == nil {
		return list, nil
	}
	checked := make([]any, len(list))
	for index, value := range list {
		good, wrong := s.items.check(value)
		if wrong != nil {
			return nil, wrong.under(strconv.Itoa(index))
		}
		checked[index] = good
	}
	return checked, nil
}

func (s *schema) checkText(text string) *problem {
	if wrong := s.checkSize(utf8.RuneCountInString(text), "minLength", "maxLength", "characters"); wrong != nil {
		return wrong
	}
	if s.pattern != nil && !s.pattern.MatchString(text) {
		return &problem{message: "must look like " + s.pattern.String()}
	}
	return nil
}

func (s *schema) checkSize(size int, least, most, unit string) *problem {
	if bound, has := s.bounds[least]; has && float64(size) < bound {
		return &problem{message: fmt.Sprintf("must have at least %v %s", bound, unit)}
	}
	if bound, has := s.bounds[most]; has && float64(size) > bound {
		return &problem{message: fmt.Sprintf("must have at most %v %s", bound, unit)}
	}
	return nil
}

func (s *schema) checkNumber(number float64) *problem {
	for keyword, bound := range s.bounds {
		switch {
		case keyword == "minimum" && number < bound:
			return &problem{message: fmt.Sprintf("must be at least %v", bound)}
		case keyword == "maximum" && number > bound:
			return &problem{message: fmt.Sprintf("must be at most %v", bound)}
		case keyword == "exclusiveMinimum" && number <= bound:
			return &problem{message: fmt.Sprintf("must be more than %v", bound)}
		case keyword == "exclusiveMaximum" && number >= bound:
			return &problem{message: fmt.Sprintf("must be less than %v", bound)}
		}
	}
	return nil
}
