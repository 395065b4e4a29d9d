using System.Net;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>A form as the page holds it: what a browser would send if nothing was changed.</summary>
internal sealed record WebForm(string Html, string Action)
{
    public IReadOnlySet<string> Names =>
        Regex
            .Matches(Html, "<(?:input|select|textarea|button)([^>]*)>")
            .Select(m => Attribute(m.Groups[1].Value, "name"))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    public IEnumerable<(string Name, string Value)> Values => Inputs().Concat(Selects()).Concat(Textareas());

    /// <summary>Where a button that begins with this text sends the form; null when the form has none.</summary>
    public string? ButtonAction(string text) =>
        Regex
            .Matches(Html, "<button([^>]*)>(.*?)</button>", RegexOptions.Singleline)
            .FirstOrDefault(m => WebUtility.HtmlDecode(m.Groups[2].Value).Trim().StartsWith(text, StringComparison.Ordinal))
            is { } button
            ? Attribute(button.Groups[1].Value, "formaction") ?? Action
            : null;

    public static string? Attribute(string attributes, string name) =>
        Regex.Match(attributes, $"""(?:^|\s){name}="([^"]*)"(?:\s|/|$)""") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    private IEnumerable<(string Name, string Value)> Inputs() =>
        from match in Regex.Matches(Html, "<input([^>]*)>")
        let attributes = match.Groups[1].Value
        let name = Attribute(attributes, "name")
        where name is not null && Attribute(attributes, "type") is not ("submit" or "button" or "file")
        where Attribute(attributes, "type") is not ("checkbox" or "radio") || Attribute(attributes, "checked") is not null
        select (name, Attribute(attributes, "value") ?? "on");

    private IEnumerable<(string Name, string Value)> Selects() =>
        from match in Regex.Matches(Html, "<select([^>]*)>(.*?)</select>", RegexOptions.Singleline)
        let name = Attribute(match.Groups[1].Value, "name")
        where name is not null
        let options = Regex.Matches(match.Groups[2].Value, "<option([^>]*)>").Select(o => o.Groups[1].Value).ToList()
        let chosen = options.FirstOrDefault(o => Attribute(o, "selected") is not null) ?? options.FirstOrDefault()
        where chosen is not null
        select (name, Attribute(chosen, "value") ?? "");

    private IEnumerable<(string Name, string Value)> Textareas() =>
        from match in Regex.Matches(Html, "<textarea([^>]*)>(.*?)</textarea>", RegexOptions.Singleline)
        let name = Attribute(match.Groups[1].Value, "name")
        where name is not null
        let text = WebUtility.HtmlDecode(match.Groups[2].Value)
        select (name, text.StartsWith('\n') ? text[1..] : text);
}
