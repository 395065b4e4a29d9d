using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace FinsamOutcomes.Data.Import;

/// <content>
/// What the workbook's parts hold, looked through before it is opened: how much they unpack to, and the cells that have no value to read.
/// </content>
internal sealed partial class Workbook
{
    // Which cells of each sheet's part have no value that can be used (an error, or a formula that was never reckoned out; the
    // reader tells neither), and that all of it is of a size that can be held.
    private static Dictionary<string, Dictionary<(int Row, int Column), string>>? LookThrough(
        Stream stream,
        ImportProblems problems,
        CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.GetEntry("xl/workbook.xml") is null)
        {
            problems.Add(ImportRule.FileBinary, "Filen är varken en CSV-fil eller en arbetsbok från Excel (.xlsx).");
            return null;
        }

        var (left, found) = (MaxUnpacked, new Dictionary<string, Dictionary<(int Row, int Column), string>>(StringComparer.OrdinalIgnoreCase));
        foreach (var entry in zip.Entries)
        {
            if (zip.Entries.Count > MaxParts)
                left = -1;
            using var part = entry.Open();
            var isSheet = entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase)
                && entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
            using var counted = new CountedStream(part, isSheet ? left : Math.Min(left, MaxPart));
            try
            {
                if (isSheet)
                    found[entry.Name] = UnusableIn(counted, cancellationToken);
                counted.CopyTo(Stream.Null);
            }
            catch (TooMuchException)
            {
                left = -1;
            }

            left -= counted.Count;
            if (left < 0)
            {
                problems.Add(ImportRule.FileTooLarge, "Arbetsboken är större än 300 MB när den packas upp.");
                return null;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return SheetParts(zip).ToDictionary(p => p.Name, p => found.GetValueOrDefault(p.Part) ?? [], StringComparer.Ordinal);
    }

    // The name of each sheet, and the part of the file that it is.
    private static IEnumerable<(string Name, string Part)> SheetParts(ZipArchive zip)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (zip.GetEntry("xl/_rels/workbook.xml.rels") is { } relations)
        {
            using var part = relations.Open();
            foreach (var relation in XDocument.Load(part).Root!.Elements())
                targets[relation.Attribute("Id")?.Value ?? ""] = relation.Attribute("Target")?.Value ?? "";
        }

        using var book = zip.GetEntry("xl/workbook.xml")!.Open();
        return
        [
            .. XDocument
                .Load(book)
                .Descendants()
                .Where(e => e.Name.LocalName == "sheet")
                .Select(e => (
                    e.Attribute("name")?.Value ?? "",
                    targets.GetValueOrDefault(e.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.Namespace != XNamespace.None)?.Value ?? "") ?? ""))
                .Select(s => (s.Item1, s.Item2[(s.Item2.LastIndexOf('/') + 1)..]))
                .DistinctBy(s => s.Item1),
        ];
    }

    private static Dictionary<(int Row, int Column), string> UnusableIn(Stream part, CancellationToken cancellationToken)
    {
        var (found, reads) = (new Dictionary<(int Row, int Column), string>(), 0);
        using var xml = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true, IgnoreComments = true });
        var (cell, isError, hasFormula, value) = ("", false, false, (string?)null);
        var isValue = false;
        while (xml.Read())
        {
            if (++reads % 100_000 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            switch (xml.NodeType, xml.LocalName)
            {
                case (XmlNodeType.Element, "c"):
                    (cell, isError, hasFormula, value) = (xml.IsEmptyElement ? "" : xml.GetAttribute("r") ?? "", xml.GetAttribute("t") == "e", false, null);
                    break;
                case (XmlNodeType.Element, "f"):
                    hasFormula = true;
                    break;
                case (XmlNodeType.Element, "v" or "is"):
                    isValue = !xml.IsEmptyElement;
                    break;
                case (XmlNodeType.Text, _) when isValue:
                    value ??= isError ? xml.Value : "";
                    break;
                case (XmlNodeType.EndElement, "v" or "is"):
                    isValue = false;
                    break;
                case (XmlNodeType.EndElement, "c") when (isError || (hasFormula && value is null)) && Place(cell) is { } place:
                    found[place] = isError && value is not null ? CellErrors.InSwedish(value) : NotReckoned;
                    break;
            }
        }

        return found;
    }

    // C5 is row 4 and column 2, both counted from 0.
    private static (int Row, int Column)? Place(string cell)
    {
        var (at, column) = (0, 0);
        while (at < cell.Length && at < 3 && char.IsAsciiLetterUpper(cell[at]))
            column = (column * 26) + cell[at++] - 'A' + 1;
        return at > 0 && int.TryParse(cell.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row - 1, column - 1) : null;
    }

    /// <summary>More came out than may be held.</summary>
    private sealed class TooMuchException : Exception;

    /// <summary>Reads on, counting, and stops where it is too much.</summary>
    private sealed class CountedStream(Stream inner, long most) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Count += read;
            return Count > most ? throw new TooMuchException() : read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
