using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// Makes what Skia's SVG canvas writes fit for a page: a view box, a name and a description for those who hear it, short
/// numbers, and the texts. Skia would write those with a place for each letter, and leave out letters that the typeface
/// lacks; here each is one run of words with the length it was given room for, whatever typeface the reader has.
/// </summary>
internal static partial class SvgFinish
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    public static string Of(string skia, Sheet sheet, Figure figure)
    {
        var root = XElement.Parse(skia);
        var prefix = $"fig-{string.Concat(figure.Id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'))}{(sheet.IsNarrow ? "-smal" : "")}";
        root.Attributes().Where(a => a.Name.LocalName == "xlink").Remove();
        root.Add(
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {sheet.Width} {sheet.Height}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{prefix}-title {prefix}-desc"),
            new XAttribute("lang", "sv"),
            new XAttribute("font-family", FigureTheme.FontFamily));
        root.AddFirst(
            new XElement(s_svg + "title", new XAttribute("id", prefix + "-title"), ForbiddenSigns.ForDocument(figure.Title)),
            new XElement(s_svg + "desc", new XAttribute("id", prefix + "-desc"), ForbiddenSigns.ForDocument(FigureDescription.Of(figure))));
        Tidy(root);
        root.Add(sheet.Texts.Select(Text));
        return root.ToString(SaveOptions.DisableFormatting);
    }

    // A width that isn't used, seven digits, empty elements.
    private static void Tidy(XElement root)
    {
        root.Descendants().Where(e => (string?)e.Attribute("d") == "" || (e.Name.LocalName == "defs" && !e.HasElements)).Remove();
        root.Descendants().Attributes("stroke-miterlimit").Remove();
        foreach (var attribute in root.Descendants().Where(e => e.Name.LocalName is not ("title" or "desc")).SelectMany(e => e.Attributes()).ToList())
        {
            attribute.Value = attribute.Name.LocalName is "fill" or "stroke"
                ? attribute.Value.ToLowerInvariant()
                : LongNumber().Replace(attribute.Value, m => Number(double.Parse(m.Value, CultureInfo.InvariantCulture)));
        }
    }

    private static XElement Text(PageText text)
    {
        var element = new XElement(
            s_svg + "text",
            new XAttribute("x", Number(text.Left)),
            new XAttribute("y", Number(text.Baseline)),
            new XAttribute("font-size", Number(text.Style.Size)),
            new XAttribute("fill", text.Style.Colour),
            text.Text);
        if (text.Style.IsBold)
            element.SetAttributeValue("font-weight", "bold");
        if (text.Style.IsItalic)
            element.SetAttributeValue("font-style", "italic");
        // Another typeface is squeezed into the room that this one was given.
        if (text.Text.Length > 1)
        {
            element.SetAttributeValue("textLength", Number(text.Width));
            element.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
        }
        return element;
    }

    [GeneratedRegex(@"\d+\.\d{3,}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LongNumber();

    private static string Number(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
