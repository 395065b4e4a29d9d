using System.Globalization;
using System.Xml.Linq;
using FinsamOutcomes.Reporting.Figures.Drawing;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Reads a drawn figure back: its texts with their boxes.</summary>
internal sealed class SvgReader
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public SvgReader(string svg)
    {
        Root = XDocument.Parse(svg).Root!;
        var box = Root.Attribute("viewBox")!.Value.Split(' ');
        (Width, Height) = (Number(box[2]), Number(box[3]));
        Texts = [.. Root.Descendants(Svg + "text").Select(Read)];
    }

    public XElement Root { get; }

    public double Width { get; }

    public double Height { get; }

    public IReadOnlyList<TextBox> Texts { get; }

    public string Words => string.Join('\n', Texts.Select(t => t.Text));

    private static TextBox Read(XElement element)
    {
        var size = Number(element.Attribute("font-size")!.Value);
        var width = new TextStyle(size, "", element.Attribute("font-weight") is not null, element.Attribute("font-style") is not null).Measure(element.Value);
        var x = Number(element.Attribute("x")!.Value);
        var baseline = Number(element.Attribute("y")!.Value);
        return new(element.Value, x, baseline - size * 0.72, x + width, baseline + size * 0.2, element.Attribute("fill")!.Value);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A text and the box that its letters fill.</summary>
internal sealed record TextBox(string Text, double Left, double Top, double Right, double Bottom, string Colour)
{
    public bool Touches(TextBox other) =>
        Text.Length > 0 && other.Text.Length > 0 && Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
