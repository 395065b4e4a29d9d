#:property PublishAot=false
#:property RuntimeIdentifiers=
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
// Writes LICENSER.txt into a published folder: each package in it with its version, licence, copyright and the licence's
// words, and those of what lies in the program without being a package (fonts, the style sheet).
//   dotnet run src/tools/licences.cs -- FOLDER
// A package whose licence can't be told stops it.
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

if (args is not [var folder] || Directory.GetFiles(folder, "*.deps.json") is not [var deps])
{
    Console.Error.WriteLine("dotnet run src/tools/licences.cs -- FOLDER, where one program is published");
    return 1;
}

var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
using var shipped = JsonDocument.Parse(File.ReadAllText(deps));
var parts = new List<(string Name, string Words)>();
var unknown = new List<string>();
foreach (var library in shipped.RootElement.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package"))
{
    var package = Path.Combine(packages, library.Value.GetProperty("path").GetString()!);
    var metadata = XDocument.Load(Directory.GetFiles(package, "*.nuspec").Single()).Root!.Elements().First().Elements().ToLookup(e => e.Name.LocalName);
    var licence = metadata["license"].FirstOrDefault();
    var expression = licence?.Attribute("type")?.Value == "expression" ? licence.Value : null;

    // The package's own words where it has them, else those of the licence that it names.
    var own = Directory.GetFiles(package).Where(IsLicence).Order(StringComparer.Ordinal).ToList();
    var words = own.Count > 0 ? own : [.. (expression ?? "").Split(" OR ").Select(name => $"src/tools/licences/{name}.txt").Where(File.Exists).Take(1)];
    if (words.Count == 0)
        unknown.Add(library.Name);
    var whose = metadata["copyright"].FirstOrDefault()?.Value ?? metadata["authors"].FirstOrDefault()?.Value;
    Add($"{library.Name.Replace('/', ' ')}{(expression is null ? "" : $" – {expression}")}{(whose is null ? "" : $" – {whose}")}", words);
}

// What is built into our own files has its licence beside it in the source; the style sheet's stands in its npm package.
string[] beside = Directory.Exists(Path.Combine(folder, "wwwroot", "fkui")) ? ["src", "src/FinsamOutcomes.Web/node_modules/@fkui"] : ["src"];
foreach (var root in beside)
{
    var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => IsLicence(f) && (root != "src" || IsOurs(f)));
    foreach (var file in files.Order(StringComparer.Ordinal))
        Add(Path.GetFileName(Path.GetDirectoryName(file))!, [file]);
}

if (unknown.Count > 0)
{
    Console.Error.WriteLine($"Licence unknown: {string.Join(", ", unknown)}. Add its words to src/tools/licences.");
    return 1;
}

// Words that many share stand once, below their names.
var text = new StringBuilder("Det som följer med i programmet, och dess licenser. Programmets egen licens står i LICENSE.\n");
foreach (var same in parts.GroupBy(p => p.Words, p => p.Name))
    text.Append('\n').Append('=', 80).Append('\n').AppendJoin('\n', same).Append("\n\n").Append(same.Key).Append('\n');
File.WriteAllText(Path.Combine(folder, "LICENSER.txt"), text.ToString());
File.Copy("LICENSE", Path.Combine(folder, "LICENSE"), overwrite: true);
return 0;

void Add(string name, IEnumerable<string> files)
{
    foreach (var file in files)
        parts.Add((name, File.ReadAllText(file).ReplaceLineEndings("\n").Trim()));
}

static bool IsLicence(string file) =>
    Path.GetExtension(file).ToUpperInvariant() is "" or ".TXT" or ".MD"
    && new[] { "LICENSE", "LICENCE", "NOTICE", "THIRD-PARTY-NOTICE", "THIRDPARTYNOTICE", "OFL" }
        .Any(word => Path.GetFileName(file).StartsWith(word, StringComparison.OrdinalIgnoreCase));

static bool IsOurs(string file) => !file.Split('/', '\\').Any(part => part is "obj" or "bin" or "node_modules");
