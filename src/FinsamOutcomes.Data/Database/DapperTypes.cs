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
        SqlMapper.AddTypeHandler(new DateHandler());
        SqlMapper.RemoveTypeMap(typeof(DateTime));
        SqlMapper.RemoveTypeMap(typeof(DateTime?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        return true;
    });

    public static void Register() => _ = s_registered.Value;

    public static string ToText(DateTime instant) => instant.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value switch
        {
            string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime date => DateOnly.FromDateTime(date),
            DateOnly date => date,
            _ => throw new DataException($"A date can't be read from {value.GetType().Name}."),
        };

        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value;
        }
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTime>
    {
        public override DateTime Parse(object value) => value switch
        {
            string text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            DateTime instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc),
            _ => throw new DataException($"An instant can't be read from {value.GetType().Name}."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTime value)
        {
            // SQLite keeps text; the same text is read by SQL Server as datetime2.
            if (value.Kind == DateTimeKind.Local)
                throw new ArgumentException("Instants are stored in UTC.", nameof(value));
            parameter.DbType = DbType.String;
            parameter.Value = ToText(value);
        }
    }
}
