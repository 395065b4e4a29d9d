using System.Text.RegularExpressions;
using Markdig;
using Microsoft.AspNetCore.Html;

namespace FinsamOutcomes.Web.Help;

/// <summary>One page of help, from a Markdown file beside this one.</summary>
public sealed record HelpTopic
{
    /// <summary>The file's name: <c>deltagare</c> is shown at /hjalp/deltagare.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence for the list of all help.</summary>
    public required string Summary { get; init; }

    /// <summary>The routes that it explains, as in the table of rights.</summary>
    public required IReadOnlyList<string> Routes { get; init; }

    public required IHtmlContent Body { get; init; }
}

/// <summary>
/// The help, written in Markdown without programming. A file begins with <c># Title</c>, a line <c>Sidor: </c> with the
/// routes it explains, and a sentence that sums it up. A test asks that every page is explained.
/// </summary>
public static partial class HelpTopics
{
    private const string Folder = "help/";

    public static IReadOnlyList<HelpTopic> All { get; } =
    [
        .. typeof(HelpTopics)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    private static readonly Dictionary<string, HelpTopic> s_byRoute =
        All.SelectMany(t => t.Routes.Select(r => (Route: r.Trim('/'), Topic: t))).ToDictionary(r => r.Route, r => r.Topic, StringComparer.Ordinal);

    public static HelpTopic? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    /// <summary>The help for a route, such as <c>/f/{forbundId:int}/statistik</c>.</summary>
    public static HelpTopic? For(string? route) => route is null ? null : s_byRoute.GetValueOrDefault(route.Trim('/'));

    private static HelpTopic Read(string resource)
    {
        using var reader = new StreamReader(typeof(HelpTopics).Assembly.GetManifestResourceStream(resource)!);
        var match = Head().Match(reader.ReadToEnd());
        if (!match.Success)
            throw new InvalidOperationException($"{resource} does not begin with a title, a line of pages and a summary.");
        return new HelpTopic
        {
            Name = Path.GetFileNameWithoutExtension(resource[Folder.Length..]),
            Title = match.Groups["title"].Value.Trim(),
            Summary = match.Groups["summary"].Value.Trim(),
            Routes = match.Groups["routes"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Body = new HtmlString(Markdown.ToHtml(match.Groups["body"].Value, new MarkdownPipelineBuilder().UsePipeTables().Build())),
        };
    }

    [GeneratedRegex(
        @"\A# (?<title>[^\n]+)\n+Sidor:(?<routes>[^\n]*)\n+(?<summary>[^\n]+)\n(?<body>.*)\z",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();
}
