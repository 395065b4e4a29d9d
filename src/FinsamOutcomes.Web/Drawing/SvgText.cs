using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace FinsamOutcomes.Web.Drawing;

/// <summary>
/// A small drawing in a page. Across, everything stands in per cent of the width that the page gives it and down in pixels, so that its text is
/// as large on a phone as on a wide screen. What it shows is said in words too. Figures of reports, which are files by themselves, are drawn by
/// <c>FinsamOutcomes.Reporting/Figures</c>.
/// </summary>
internal sealed class SvgText
{
    private readonly StringBuilder _svg = new();

    public SvgText(int height, string cssClass, string? inWords)
    {
        var role = inWords is null ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{Encode(inWords)}\"";
        _svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"{cssClass}\" width=\"100%\" height=\"{height}\" {role} focusable=\"false\">");
    }

    public void Line(double x1, double y1, double x2, double y2, string cssClass) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{cssClass}\" x1=\"{x1:0.##}%\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}%\" y2=\"{y2:0.##}\"/>");

    public void Dot(double x, double y, double radius, string cssClass) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{cssClass}\" cx=\"{x:0.##}%\" cy=\"{y:0.##}\" r=\"{radius:0.##}\"/>");

    public void Bar(double x1, double x2, double y, double height, string cssClass) =>
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"{cssClass}\" x=\"{x1:0.##}%\" y=\"{y:0.##}\" width=\"{Math.Max(x2 - x1, 0.6):0.##}%\" height=\"{height:0.##}\" rx=\"2\"/>");

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="x">Per cent from the left.</param>
    /// <param name="y">Of the line that the letters stand on.</param>
    /// <param name="text">As people read it.</param>
    /// <param name="cssClass">Of the style sheet.</param>
    public void Text(double x, double y, string text, string cssClass, string anchor = "middle") =>
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"{cssClass}\" x=\"{x:0.##}%\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{Encode(text)}</text>");

    public IHtmlContent Finish() => new HtmlString(_svg.Append("</svg>").ToString());

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
