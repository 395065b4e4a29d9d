using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace FinsamOutcomes.Web;

/// <summary>Files that don't change while the program runs, so that no watcher of the system is spent on them.</summary>
internal sealed class UnwatchedFiles(IFileProvider files) : IFileProvider
{
    public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

    public IFileInfo GetFileInfo(string subpath) => files.GetFileInfo(subpath);

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
