using System.Globalization;
using System.Text;
using System.Xml;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Where a text stands relative to its x.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Size, weight and colour of a text.</summary>
internal sealed record TextStyle(double Size, string Colour, bool IsBold = false, bool IsItalic = false)
{
    public static TextStyle Title { get; } = new(FigureTheme.TitleSize, FigureTheme.Ink, IsBold: true);

    public static TextStyle Subtitle { get; } = new(FigureTheme.SubtitleSize, FigureTheme.Muted);

    public static TextStyle Label { get; } = new(FigureTheme.LabelSize, FigureTheme.Ink);

    public static TextStyle Value { get; } = new(FigureTheme.LabelSize, FigureTheme.Ink, IsBold: true);

    public static TextStyle Small { get; } = new(FigureTheme.SmallSize, FigureTheme.Muted);

    public static TextStyle State { get; } = new(FigureTheme.SmallSize, FigureTheme.Muted, IsItalic: true);

    public double LineHeight => Size * 1.28;

    public double Measure(string text) => TextMetrics.Width(text, Size, IsBold);
}

/// <summary>
/// A tiny SVG writer over <see cref="XmlWriter"/>, so that escaping is right. Ids carry the figure's id, so that several
/// figures can stand in one HTML page.
/// </summary>
internal sealed class SvgCanvas
{
    private const double PatternTile = 6;
    private readonly string _prefix;
    private readonly StringBuilder _body = new();
    private readonly XmlWriter _writer;
    private readonly Dictionary<string, FillLook> _patterns = [];

    public SvgCanvas(string figureId)
    {
        _prefix = "fig-" + string.Concat(figureId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        _writer = XmlWriter.Create(_body, new XmlWriterSettings { ConformanceLevel = ConformanceLevel.Fragment, OmitXmlDeclaration = true });
    }

    public void Rect(double x, double y, double width, double height, string fill, string? stroke = null, double strokeWidth = 1, string? dash = null, double radius = 0, double opacity = 1)
    {
        _writer.WriteStartElement("rect");
        Attribute("x", x);
        Attribute("y", y);
        Attribute("width", Math.Max(0, width));
        Attribute("height", Math.Max(0, height));
        if (radius > 0)
            Attribute("rx", radius);
        Paint(fill, stroke, strokeWidth, dash, opacity);
        _writer.WriteEndElement();
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dash = null)
    {
        _writer.WriteStartElement("line");
        Attribute("x1", x1);
        Attribute("y1", y1);
        Attribute("x2", x2);
        Attribute("y2", y2);
        Paint(fill: null, stroke, width, dash, opacity: 1);
        _writer.WriteEndElement();
    }

    public void Circle(double x, double y, double radius, string fill, string stroke, double width = 1.5, string? dash = null)
    {
        _writer.WriteStartElement("circle");
        Attribute("cx", x);
        Attribute("cy", y);
        Attribute("r", radius);
        Paint(fill, stroke, width, dash, opacity: 1);
        _writer.WriteEndElement();
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string stroke, double width, string? dash = null) =>
        Path(Draw(points), "none", stroke, width, dash);

    public void Polygon(IEnumerable<(double X, double Y)> points, string fill, string? stroke = null, double width = 1, double opacity = 1) =>
        Path(Draw(points) + "Z", fill, stroke, width, opacity: opacity);

    public void Text(double x, double y, string text, TextStyle style, Anchor anchor = Anchor.Start)
    {
        _writer.WriteStartElement("text");
        Attribute("x", x);
        Attribute("y", y);
        Attribute("font-size", style.Size);
        Attribute("fill", style.Colour);
        if (style.IsBold)
            Attribute("font-weight", "600");
        if (style.IsItalic)
            Attribute("font-style", "italic");
        if (anchor is not Anchor.Start)
            Attribute("text-anchor", anchor is Anchor.Middle ? "middle" : "end");
        _writer.WriteString(ForbiddenSigns.ForDocument(text));
        _writer.WriteEndElement();
    }

    /// <summary>Text on a white ground, so that no grid or target line strikes it through.</summary>
    public void TextOnGround(double x, double y, string text, TextStyle style, Anchor anchor = Anchor.Start)
    {
        var width = style.Measure(text);
        var left = x - (anchor switch { Anchor.Middle => width / 2, Anchor.End => width, _ => 0 });
        Rect(left - 2, y - style.Size * 0.8, width + 4, style.Size, FigureTheme.Ground);
        Text(x, y, text, style, anchor);
    }

    /// <summary>Lines under each other; <paramref name="y"/> is the first baseline. Returns the last one.</summary>
    public double Lines(double x, double y, IReadOnlyList<string> lines, TextStyle style, Anchor anchor = Anchor.Start)
    {
        for (var i = 0; i < lines.Count; i++)
            Text(x, y + i * style.LineHeight, lines[i], style, anchor);
        return y + (lines.Count - 1) * style.LineHeight;
    }

    /// <summary>The fill of a look: its colour, or a reference to its pattern, which is then defined once.</summary>
    public string Fill(FillLook look)
    {
        if (look.Pattern is FillPattern.None)
            return look.Ground;
        _patterns[look.Name] = look;
        return $"url(#{_prefix}-{look.Name})";
    }

    /// <summary>The finished document, with the texts that a screen reader says.</summary>
    public string ToSvg(double height, string title, string description)
    {
        _writer.Flush();
        var document = new StringBuilder();
        using (var svg = XmlWriter.Create(document, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            svg.WriteAttributeString("width", Text(FigureTheme.Width));
            svg.WriteAttributeString("height", Text(Math.Ceiling(height)));
            svg.WriteAttributeString("viewBox", $"0 0 {Text(FigureTheme.Width)} {Text(Math.Ceiling(height))}");
            svg.WriteAttributeString("role", "img");
            svg.WriteAttributeString("aria-labelledby", $"{_prefix}-title {_prefix}-desc");
            svg.WriteAttributeString("lang", "sv");
            svg.WriteAttributeString("font-family", FigureTheme.FontFamily);
            WriteText(svg, "title", ForbiddenSigns.ForDocument(title));
            WriteText(svg, "desc", ForbiddenSigns.ForDocument(description));
            if (_patterns.Count > 0)
            {
                svg.WriteStartElement("defs");
                foreach (var look in _patterns.Values)
                    WritePattern(svg, look);
                svg.WriteEndElement();
            }
            svg.WriteStartElement("rect");
            svg.WriteAttributeString("width", "100%");
            svg.WriteAttributeString("height", "100%");
            svg.WriteAttributeString("fill", FigureTheme.Ground);
            svg.WriteEndElement();
            svg.WriteRaw(_body.ToString());
            svg.WriteEndElement();
        }
        return document.ToString();
    }

    private void WriteText(XmlWriter svg, string name, string text)
    {
        svg.WriteStartElement(name);
        svg.WriteAttributeString("id", $"{_prefix}-{name}");
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private void WritePattern(XmlWriter svg, FillLook look)
    {
        svg.WriteStartElement("pattern");
        svg.WriteAttributeString("id", $"{_prefix}-{look.Name}");
        svg.WriteAttributeString("patternUnits", "userSpaceOnUse");
        svg.WriteAttributeString("width", Text(PatternTile));
        svg.WriteAttributeString("height", Text(PatternTile));
        var turn = look.Pattern switch { FillPattern.Hatch or FillPattern.Cross => 45, FillPattern.BackHatch => -45, _ => 0 };
        if (turn != 0)
            svg.WriteAttributeString("patternTransform", $"rotate({turn})");
        Shape("M0 0H6V6H0Z", fill: look.Ground, stroke: null);
        switch (look.Pattern)
        {
            case FillPattern.Dots:
                Shape("M1 .8h1.5v1.5h-1.5ZM4 3.8h1.5v1.5h-1.5Z", fill: look.PatternInk, stroke: null);
                break;
            case FillPattern.Cross:
                Shape("M3 0V6M0 3H6", fill: null, look.PatternInk);
                break;
            case FillPattern.Horizontal:
                Shape("M0 3H6", fill: null, look.PatternInk);
                break;
            default:
                Shape("M3 0V6", fill: null, look.PatternInk);
                break;
        }
        svg.WriteEndElement();

        void Shape(string path, string? fill, string? stroke)
        {
            svg.WriteStartElement("path");
            svg.WriteAttributeString("d", path);
            svg.WriteAttributeString("fill", fill ?? "none");
            if (stroke is not null)
            {
                svg.WriteAttributeString("stroke", stroke);
                svg.WriteAttributeString("stroke-width", "1.1");
            }
            svg.WriteEndElement();
        }
    }

    private void Path(string d, string fill, string? stroke, double width, string? dash = null, double opacity = 1)
    {
        _writer.WriteStartElement("path");
        Attribute("d", d);
        Paint(fill, stroke, width, dash, opacity);
        if (stroke is not null)
            Attribute("stroke-linejoin", "round");
        _writer.WriteEndElement();
    }

    private static string Draw(IEnumerable<(double X, double Y)> points) =>
        "M" + string.Join('L', points.Select(p => $"{Text(p.X)} {Text(p.Y)}"));

    private void Paint(string? fill, string? stroke, double width, string? dash, double opacity)
    {
        if (fill is not null)
            Attribute("fill", fill);
        if (opacity < 1)
            Attribute("fill-opacity", opacity);
        if (stroke is null)
            return;
        Attribute("stroke", stroke);
        Attribute("stroke-width", width);
        if (dash is not null)
            Attribute("stroke-dasharray", dash);
    }

    private void Attribute(string name, double value) => _writer.WriteAttributeString(name, Text(value));

    private void Attribute(string name, string value) => _writer.WriteAttributeString(name, value);

    private static string Text(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
