using System.Xml.Linq;
using FinsamOutcomes.Data.Privacy;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// The keys that cookies and forms are protected with: in the database, encrypted with the key file, so that all hosts on
/// one database share sign-ins.
/// </summary>
internal sealed partial class DataProtectionKeys(DataProtectionKeyStore store, ILogger<DataProtectionKeys> logger) : IXmlRepository
{
    // ASP.NET Core asks without async.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var (keys, unreadable) = Task.Run(() => store.AllAsync()).GetAwaiter().GetResult();
        if (unreadable > 0)
            LogUnreadable(logger, unreadable);
        return [.. keys.Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => store.AddAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Warning, "{Count} nycklar till inloggningar går inte att läsa med nyckelfilen. De som var inloggade får logga in igen.")]
    private static partial void LogUnreadable(ILogger logger, int count);
}
