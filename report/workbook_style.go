package report

import "github.com/xuri/excelize/v2"

// The fonts and the palette. The fonts are on every machine or have a twin of
// the same widths, and hold Latin, Cyrillic and Arabic letters.
const (
	fontName = "Arial"
	monoName = "Courier New"

	inkColor   = "1F2933"
	quietColor = "66727F"
	lineColor  = "D5DBE1"
	titleColor = "E9EDF1"
	bandColor  = "F4F6F8"
	linkColor  = "1D5FA8"

	wrongColor   = "F6C1BA"
	suspectColor = "FDF3D8"
)

// toneColors are the ink and the ground of each tone.
var toneColors = [...]struct{ ink, ground string }{
	noTone:      {inkColor, ""},
	goodTone:    {"1E6B3A", "E4F3E8"},
	infoTone:    {"1D4F8C", "E4EEF8"},
	warningTone: {"8A5A00", "FCF0D3"},
	errorTone:   {"9B1C1C", "FBE4E2"},
}

// styleKey tells styles apart.
type styleKey struct {
	style  cellStyle
	format string
}

// styleKey of the cell.
func (c *cell) styleKey() styleKey { return styleKey{style: c.Style, format: c.numberFormat()} }

// style makes the cell's style, unless the workbook has it.
func (b *workbook) style(c *cell) error {
	key := c.styleKey()
	if _, ok := b.styles[key]; ok {
		return nil
	}
	id, err := b.file.NewStyle(sheetStyle(key))
	b.styles[key] = id
	return err
}

// sheetStyle is a style in the spreadsheet's terms.
func sheetStyle(key styleKey) *excelize.Style {
	s := key.style
	style := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: 10, Color: toneColors[s.Tone].ink},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: s.Wrap},
	}
	if s.Right {
		style.Alignment.Horizontal = "right"
	} else if s.Indent {
		style.Alignment.Indent = 1
	}
	if key.format != "" {
		style.CustomNumFmt = &key.format
	}
	ground := toneColors[s.Tone].ground
	dress(style, s.Look, &ground)
	if ground != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{ground}}
	}
	return style
}

// dress gives a style what its look asks for.
func dress(style *excelize.Style, l look, ground *string) {
	switch l {
	case titleLook:
		style.Font.Bold = true
		style.Border = border("bottom", quietColor)
		*ground = titleColor
	case headingLook:
		style.Font.Bold, style.Font.Size = true, 12
		style.Alignment.Vertical = "bottom"
	case nameLook:
		style.Font.Bold, style.Font.Size = true, 18
	case verdictLook:
		style.Font.Bold, style.Font.Size = true, 16
		style.Alignment.Indent = 1
	case noteLook:
		style.Font.Color, style.Font.Size = quietColor, 9
	case faintLook:
		style.Font.Color = quietColor
	case totalLook:
		style.Font.Bold = true
		style.Border = border("top", quietColor)
	case resultLook:
		style.Font.Bold = true
	case bandLook:
		style.Font.Bold = true
		if *ground == "" {
			*ground = titleColor
		}
	case ruleLook:
		style.Font.Italic = true
		*ground = bandColor
	case linkLook:
		style.Font.Color, style.Font.Underline = linkColor, "single"
	case wrongLook:
		style.Font.Bold, style.Font.Color = true, toneColors[errorTone].ink
		*ground = wrongColor
	case rightLook:
		style.Font.Bold, style.Font.Color = true, toneColors[goodTone].ink
		*ground = toneColors[goodTone].ground
	case suspectLook:
		*ground = suspectColor
	case guessLook:
		style.Font.Italic, style.Font.Color = true, toneColors[warningTone].ink
	case absentLook:
		style.Font.Italic, style.Font.Color, style.Font.Size = true, quietColor, 9
	case rawLook:
		style.Font.Family, style.Font.Size = monoName, 9
	}
}

// border is a thin border on one side.
func border(side, color string) []excelize.Border {
	return []excelize.Border{{Type: side, Color: color, Style: 1}}
}
