using System.Data;
using System.Globalization;
using Dapper;

namespace FinsamOutcomes.Data.Database;

/// <summary>
/// How values cross the border to the database: snake_case columns to properties, dates as ISO text in SQLite and
/// <c>date</c> in SQL Server, instants in UTC.
/// </summary>
internal static class DapperTypes
{
    private const string InstantFormat = "yyyy-MM-dd HH:mm:ss.fff";

    private static readonly Lazy<bool> s_registered = new(() =>
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        foreach (var type in new[] { typeof(DateOnly), typeof(DateOnly?), typeof(DateTime), typeof(DateTime?) })
            SqlMapper.RemoveTypeMap(type);
        SqlMapper.AddTypeHandler(typeof(DateOnly), new DateHandler());
        SqlMapper.AddTypeHandler(typeof(DateTime), new InstantHandler());
        return true;
    });

    public static void Register() => _ = s_registered.Value;

    public static string ToText(DateTime instant) => instant.ToString(InstantFormat, CultureInfo.InvariantCulture);

    // Not TypeHandler<T>: that one leaves a null without a type, and SQL Server then takes it for text.
    private sealed class DateHandler : SqlMapper.ITypeHandler
    {
        public object Parse(Type destinationType, object value) => value switch
        {
            string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime date => DateOnly.FromDateTime(date),
            DateOnly date => date,
            _ => throw new DataException($"A date can't be read from {value.GetType().Name}."),
        };

        public void SetValue(IDbDataParameter parameter, object value) => DatabaseEngine.SetDate(parameter, value as DateOnly?);
    }

    private sealed class InstantHandler : SqlMapper.ITypeHandler
    {
        public object Parse(Type destinationType, object value) => value switch
        {
            string text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            DateTime instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc),
            _ => throw new DataException($"An instant can't be read from {value.GetType().Name}."),
        };

        public void SetValue(IDbDataParameter parameter, object value)
        {
            if (value is DateTime { Kind: DateTimeKind.Local })
                throw new ArgumentException("Instants are stored in UTC.", nameof(value));
            DatabaseEngine.SetInstant(parameter, value as DateTime?);
        }
    }
}
