// Package msdate reads and writes the API's dates, such as /Date(1357151359000-0600)/.
package msdate

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

var pattern = regexp.MustCompile(`^/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/$`)

// Date is an instant. The zero Date stands for .NET's minimum date, which means "none".
type Date time.Time

// Time returns the instant in UTC.
func (d Date) Time() time.Time { return time.Time(d) }

// Parse reads a date. An offset names a zone and doesn't move the instant.
func Parse(text string) (Date, error) {
	found := pattern.FindStringSubmatch(text)
	if found == nil {
		return Date{}, fmt.Errorf("invalid date %q: expected something like /Date(1357151359000)/", text)
	}
	milliseconds, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil || milliseconds < -62135510400000 {
		return Date{}, err
	}
	return Date(time.UnixMilli(milliseconds).UTC()), nil
}

// UnmarshalText reads a date of JSON.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = Parse(string(text))
	return err
}

// MarshalText writes a date of JSON.
func (d Date) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "/Date(%d)/", d.Time().UnixMilli()), nil
}
