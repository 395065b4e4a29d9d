using System.Reflection;
using System.Text;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Documents;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownHeading = Markdig.Syntax.HeadingBlock;
using MarkdownParagraph = Markdig.Syntax.ParagraphBlock;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// What a report holds, read from <c>reports/NAME/rapport.md</c>: Markdown with the report's own text, a quotation for
/// what the förbund writes itself, and fenced blocks that ask for tables and figures. See <c>reports/README.md</c>.
/// </summary>
public sealed class ReportDefinition
{
    private const string MainFile = "rapport.md";

    private ReportDefinition(string name, IReadOnlyList<DefinitionBlock> blocks, string text) => (Name, Blocks, Text) = (name, blocks, text);

    /// <summary>The folder's name: <c>arsredovisning</c>.</summary>
    public string Name { get; }

    /// <summary>The first heading of level 1 is the report's title.</summary>
    public IReadOnlyList<DefinitionBlock> Blocks { get; }

    /// <summary>The definition as it is written: all its files, each under its name.</summary>
    public string Text { get; }

    /// <summary>The reports that come with the program, or those of a folder.</summary>
    public static IReadOnlyList<string> Names(string? folder) =>
        folder is null
            ? [.. BuiltIn().Select(n => n.Split('/')[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            :
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .Where(d => File.Exists(Path.Combine(d, MainFile)))
                    .Select(d => Path.GetFileName(d)!)
                    .Order(StringComparer.Ordinal),
            ];

    /// <summary>Reads a report by name, from a folder of reports or from those that come with the program.</summary>
    /// <exception cref="ReportDefinitionException">There is no such report, or a block in it can't be understood; names file and line.</exception>
    public static ReportDefinition Load(string name, string? folder = null)
    {
        if (!Names(folder).Contains(name, StringComparer.Ordinal))
            throw new ReportDefinitionException($"Rapporten ”{name}” finns inte. Det finns: {string.Join(", ", Names(folder))}.");
        var text = new StringBuilder();
        return new ReportDefinition(name, Parse(name, MainFile, folder, text), text.ToString());
    }

    /// <summary>The report's title for a year, <c>Årsredovisning 2024</c>, or of no year in particular, <c>Årsredovisning</c>.</summary>
    public string TitleOf(int? year) =>
        (Blocks.OfType<DefinitionHeading>().FirstOrDefault(h => h.Level == 1)?.Text ?? Name)
            .Replace("{år}", year?.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Trim();

    /// <summary>The texts that the people of each insats write for this report, in its order.</summary>
    public IReadOnlyList<InsatsTextSection> TextSections =>
    [
        .. Blocks.OfType<DefinitionEachInsats>().SelectMany(e => e.Blocks).OfType<DefinitionRequest>().Where(r => r.Kind == "insatstext")
            .Select(r => new InsatsTextSection(r.Required("avsnitt"), r["titel"] ?? ReportLabels.Capital(r.Required("avsnitt")), r.Required("uppmaning"))),
    ];

    private static List<DefinitionBlock> Parse(string name, string file, string? folder, StringBuilder all)
    {
        var place = $"{name}/{file}";
        var blocks = new List<DefinitionBlock>();
        var written = Read(name, file, folder);
        all.Append("==== ").Append(place).Append(" ====\n").Append(written).Append('\n');
        foreach (var block in Markdown.Parse(written))
        {
            var line = block.Line + 1;
            switch (block)
            {
                case MarkdownHeading heading:
                    blocks.Add(new DefinitionHeading(heading.Level, Plain(heading.Inline), line));
                    break;
                case MarkdownParagraph paragraph:
                    blocks.Add(new DefinitionText([.. Runs(paragraph.Inline)], place, line));
                    break;
                case QuoteBlock quote:
                    blocks.Add(new DefinitionPlaceholder(string.Join(' ', quote.Descendants<MarkdownParagraph>().Select(p => Plain(p.Inline))), line));
                    break;
                case ListBlock list:
                    blocks.Add(
                        new DefinitionList(
                            [
                                .. list.OfType<ListItemBlock>()
                                    .Select(i => (IReadOnlyList<TextRun>)[.. i.Descendants<MarkdownParagraph>().SelectMany(p => Runs(p.Inline))]),
                            ],
                            place,
                            line));
                    break;
                case FencedCodeBlock { Info: "insatser" } fence:
                    var template = Keys(fence, place).GetValueOrDefault("mall") ?? throw Error(place, line, "Blocket insatser saknar raden ”mall: FIL.md”.");
                    blocks.Add(new DefinitionEachInsats(Parse(name, template, folder, all), line));
                    break;
                case FencedCodeBlock { Info: "sidbrytning" }:
                    blocks.Add(new DefinitionPageBreak(line));
                    break;
                case FencedCodeBlock { Info: "tabell" or "diagram" or "ekonomi" or "maluppfyllelse" or "insatstext" or "antal" or "definitioner" } fence:
                    blocks.Add(new DefinitionRequest(fence.Info, Keys(fence, place), place, line));
                    break;
                case FencedCodeBlock fence:
                    throw Error(
                        place,
                        line,
                        $"Blocket ”{fence.Info}” finns inte. Det finns: tabell, diagram, ekonomi, maluppfyllelse, insatstext, antal, definitioner, insatser och sidbrytning."
                    );
                case HtmlBlock:
                    break;
                default:
                    throw Error(place, line, "Det här slaget av text hör inte hemma i en rapportmall.");
            }
        }

        return blocks;
    }

    private static Dictionary<string, string> Keys(FencedCodeBlock fence, string place)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < fence.Lines.Count; i++)
        {
            var text = fence.Lines.Lines[i].ToString();
            if (text.Trim().Length == 0)
                continue;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !keys.TryAdd(text[..colon].Trim(), text[(colon + 1)..].Trim()))
                throw Error(place, fence.Line + 2 + i, "Raden ska ha formen ”nyckel: värde”, med varje nyckel en gång.");
        }

        return keys;
    }

    private static string Plain(ContainerInline? inline) => string.Concat(Runs(inline).Select(r => r.Text));

    private static IEnumerable<TextRun> Runs(ContainerInline? container, bool bold = false, bool italic = false)
    {
        foreach (var inline in container ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    yield return new TextRun(literal.Content.ToString(), bold, italic);
                    break;
                case LineBreakInline:
                    yield return new TextRun(" ", bold, italic);
                    break;
                case CodeInline code:
                    yield return new TextRun(code.Content, bold, italic);
                    break;
                case HtmlInline tag:
                    yield return new TextRun(tag.Tag, bold, italic);
                    break;
                case AutolinkInline link:
                    yield return new TextRun(link.Url, bold, italic);
                    break;
                case HtmlEntityInline entity:
                    yield return new TextRun(entity.Transcoded.ToString(), bold, italic);
                    break;
                case EmphasisInline emphasis:
                    foreach (var run in Runs(emphasis, bold || emphasis.DelimiterCount == 2, italic || emphasis.DelimiterCount == 1))
                        yield return run;
                    break;
                case ContainerInline other:
                    foreach (var run in Runs(other, bold, italic))
                        yield return run;
                    break;
            }
        }
    }

    private static string Read(string name, string file, string? folder)
    {
        if (folder is not null)
        {
            var path = Path.Combine(folder, name, file);
            return File.Exists(path) ? File.ReadAllText(path) : throw new ReportDefinitionException($"Filen {path} finns inte.");
        }

        var resource = BuiltIn().FirstOrDefault(n => n == $"reports/{name}/{file}") ?? throw new ReportDefinitionException($"Filen {name}/{file} finns inte.");
        using var reader = new StreamReader(typeof(ReportDefinition).Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> BuiltIn() =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Select(n => n.Replace('\\', '/'))
            .Where(n => n.StartsWith("reports/", StringComparison.Ordinal) && n.EndsWith(".md", StringComparison.Ordinal));

    private static ReportDefinitionException Error(string place, int line, string message) => new($"reports/{place}, rad {line}: {message}");

    // A word processor's own signs for a new line and page become new lines; what no document can hold is left out.
    private static string Writable(string text) => ForbiddenSigns.ForDocument(text.Replace('\v', '\n').Replace('\f', '\n'));

    // Null for what is nested deeper than anybody writes on purpose: it is then shown as the lines it is.
    private static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The blocks of a Markdown text that people of an insats write. Whatever they wrote stays, if only as plain text.</summary>
    internal static IEnumerable<ReportBlock> FromMarkdown(string markdown, int headingLevel)
    {
        var writable = Writable(markdown);
        if (Parse(writable) is not { } parsed)
        {
            foreach (var line in writable.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                yield return new Documents.ParagraphBlock([new TextRun(line)]);
            yield break;
        }

        foreach (var block in parsed)
        {
            switch (block)
            {
                case MarkdownHeading heading:
                    yield return new Documents.HeadingBlock(Math.Min(3, headingLevel + heading.Level), Plain(heading.Inline));
                    break;
                case ListBlock list:
                    yield return new BulletListBlock([
                        .. list.OfType<ListItemBlock>()
                            .Select(i => (IReadOnlyList<TextRun>)[.. i.Descendants<MarkdownParagraph>().SelectMany(p => Runs(p.Inline))]),
                    ]);
                    break;
                case LeafBlock { Inline: not null } leaf:
                    yield return new Documents.ParagraphBlock([.. Runs(leaf.Inline)]);
                    break;
                case LeafBlock { Lines.Count: > 0 } lines:
                    yield return new Documents.ParagraphBlock([new TextRun(lines.Lines.ToString())]);
                    break;
                case QuoteBlock quote:
                    yield return new Documents.ParagraphBlock([.. quote.Descendants<MarkdownParagraph>().SelectMany(p => Runs(p.Inline))]);
                    break;
            }
        }
    }
}

/// <summary>A text that the people of an insats write.</summary>
/// <param name="Section">Its code, as stored.</param>
/// <param name="Title">What it is called where it is written.</param>
/// <param name="Prompt">What belongs in it.</param>
public sealed record InsatsTextSection(string Section, string Title, string Prompt);

/// <summary>A piece of a report's definition, with the line it stands at.</summary>
public abstract record DefinitionBlock(int Line);

/// <summary>A heading, level 1–6; the first of level 1 is the title.</summary>
public sealed record DefinitionHeading(int Level, string Text, int Line) : DefinitionBlock(Line);

/// <summary>Text, in which <c>{år}</c> and <c>{{mått statistik kön}}</c> are filled in.</summary>
public sealed record DefinitionText(IReadOnlyList<TextRun> Runs, string Place, int Line) : DefinitionBlock(Line);

/// <summary>A bulleted list.</summary>
public sealed record DefinitionList(IReadOnlyList<IReadOnlyList<TextRun>> Items, string Place, int Line) : DefinitionBlock(Line);

/// <summary>What the förbund writes itself.</summary>
public sealed record DefinitionPlaceholder(string Instruction, int Line) : DefinitionBlock(Line);

/// <summary>A new page.</summary>
public sealed record DefinitionPageBreak(int Line) : DefinitionBlock(Line);

/// <summary>Blocks repeated for each insats that was open at some time in the period.</summary>
public sealed record DefinitionEachInsats(IReadOnlyList<DefinitionBlock> Blocks, int Line) : DefinitionBlock(Line);

/// <summary>A table, a figure or another computed part, with its keys.</summary>
public sealed record DefinitionRequest(string Kind, IReadOnlyDictionary<string, string> Keys, string Place, int Line) : DefinitionBlock(Line)
{
    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => Keys.GetValueOrDefault(key);

    /// <summary>The value of a key that must be there.</summary>
    public string Required(string key) => this[key] ?? throw Error($"Blocket {Kind} saknar raden ”{key}: …”.");

    /// <summary>A list written with commas; empty when the key is missing.</summary>
    public IReadOnlyList<string> List(string key) => this[key]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public ReportDefinitionException Error(string message) => new($"reports/{Place}, rad {Line}: {message}");
}

/// <summary>A report's definition is wrong; the message names file and line, in Swedish.</summary>
public sealed class ReportDefinitionException(string message) : Exception(message);
